import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Alert } from "../../shared/alerts/alert.ts";
import { SnapshotReplaced, StreamAppended } from "../../shared/protocol/socket-events.ts";
import { commit } from "../../shared/store/commit.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { ask, connectedSocket, served, type TestSocket } from "../support/socket-client.ts";
import { setStage, signedIn } from "../support/stage.ts";
import { observeTest, raiseTestAlert } from "../support/test-alert.ts";

let server: TestServer;
let second: TestServer;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  server = await startServer();
  second = await startServer({ redisServer: server.redisServer });
  await setStage(server);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await second.stop();
  await server.stop();
});

async function open(on: TestServer, name: string): Promise<TestSocket> {
  const browser = await signedIn(on, name);
  const socket = await connectedSocket(on.url, browser.cookie);
  sockets.push(socket);
  return socket;
}

/** Appends entries to the stream of north; their version numbers tell them apart. */
async function append(count: number): Promise<number> {
  const events = Array.from({ length: count }, (_, i) => ({ kind: "agreement:changed", version: i + 1 }) as const);
  const result = await commit(server.redis, { agreementId: "north", operationId: randomUUID(), nowMs: Date.now(), writes: [], events });
  if (result.kind !== "done") throw new Error(result.kind);
  return result.seq;
}

/** Collects the sequence numbers that a socket is told, in the order in which they come. */
function collect(socket: TestSocket): number[] {
  const seqs: number[] = [];
  socket.on("stream:appended", (payload: unknown) => seqs.push(...StreamAppended.parse(payload).entries.map(({ seq }) => seq)));
  return seqs;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("watching an agreement", () => {
  it("starts from a snapshot and goes on without a gap or a repeat, on every server", async () => {
    const watchers = await Promise.all([open(server, "qa-lead"), open(second, "client-manager")]);
    for (const socket of watchers) {
      const seqs = collect(socket);
      const watched = await served(socket, "agreement:watch", { agreementId: "north", cursor: null });
      if (watched.kind !== "snapshot") throw new Error("expected a snapshot");
      const last = await append(5);
      await expect.poll(() => seqs.at(-1), { timeout: 5000 }).toBe(last);
      expect(seqs).toEqual(range(watched.snapshot.seq + 1, last));
    }
  });

  it("starts with every alert that stands, however many others have changed since", async () => {
    const standing = await raiseTestAlert(server, "south");
    const resolved = await raiseTestAlert(server, "south");
    for (let i = 0; i < 100; i += 1) await raiseTestAlert(server, "south");
    const { subject } = resolved;
    await observeTest(server.redis, { agreementId: "south", subject, headline: "It delivers", signal: "clear", nowMs: Date.now() });
    const socket = await open(server, "stranger");
    const watched = await served(socket, "agreement:watch", { agreementId: "south", cursor: null });
    if (watched.kind !== "snapshot") throw new Error("expected a snapshot");
    const ids = watched.snapshot.alerts.map(({ id }) => id);
    expect(ids).toContain(standing.id);
    expect(new Set(ids).size).toBe(102);
  });

  it("replays what follows the cursor", async () => {
    const from = await append(1);
    const last = await append(3);
    const socket = await open(server, "provider");
    const watched = await served(socket, "agreement:watch", { agreementId: "north", cursor: from });
    expect(watched.kind === "replay" && watched.entries.map(({ seq }) => seq)).toEqual(range(from + 1, last));
    expect(await served(socket, "agreement:watch", { agreementId: "north", cursor: last })).toEqual({ kind: "replay", entries: [] });
  });

  it.each([
    ["from the future", 1_000_000_000],
    ["of a long time ago", 0],
  ])("gives a snapshot for a cursor %s", async (_title, cursor) => {
    await server.redis.xtrim("{a:north}:stream", "MAXLEN", 1);
    const socket = await open(server, "qa-lead");
    expect((await served(socket, "agreement:watch", { agreementId: "north", cursor })).kind).toBe("snapshot");
  });

  it.each([[-1], ["7"], [1.5], [Number.MAX_SAFE_INTEGER + 1], [{}], [undefined]])("refuses the cursor %j", async (cursor) => {
    const socket = await open(server, "qa-lead");
    expect(await ask(socket, "agreement:watch", { agreementId: "north", cursor })).toMatchObject({
      ok: false,
      error: { code: "bad-request" },
    });
  });

  it("loses nothing while viewers come under a stream that never rests", async () => {
    const first = await open(server, "qa-lead");
    const firstSeqs = collect(first);
    const start = await append(1);
    await served(first, "agreement:watch", { agreementId: "north", cursor: start });
    const others: { seqs: number[]; from: number; replayed: number[] }[] = [];
    const feeding = (async () => {
      for (let i = 0; i < 150; i += 1) await append(2);
    })();
    for (let i = 0; i < 8; i += 1) {
      const socket = await open(server, "client-manager");
      const seqs = collect(socket);
      const watched = await served(socket, "agreement:watch", { agreementId: "north", cursor: i % 2 === 0 ? start : null });
      const replayed = watched.kind === "replay" ? watched.entries.map(({ seq }) => seq) : [];
      others.push({ seqs, replayed, from: watched.kind === "replay" ? start : watched.snapshot.seq });
    }
    await feeding;
    const last = await append(1);
    await expect
      .poll(() => [firstSeqs, ...others.map(({ seqs }) => seqs)].every((seqs) => seqs.at(-1) === last), { timeout: 5000 })
      .toBe(true);
    expect(firstSeqs).toEqual(range(start + 1, last));
    for (const { seqs, replayed, from } of others) expect([...replayed, ...seqs]).toEqual(range(from + 1, last));
  });

  it("restarts every viewer from a snapshot when the stream no longer reaches back", async () => {
    const socket = await open(server, "qa-lead");
    await served(socket, "agreement:watch", { agreementId: "north", cursor: null });
    const replaced = new Promise<SnapshotReplacedPayload>((resolve) => {
      socket.once("snapshot:replaced", (payload: unknown) => resolve(SnapshotReplaced.parse(payload)));
    });
    const seqs = collect(socket);
    const before = Number(await server.redis.get("{a:north}:seq"));
    await server.redis
      .multi()
      .set("{a:north}:seq", before + 50)
      .xadd("{a:north}:stream", `${before + 50}-0`, "t", "1", "e", '{"kind":"agreement:changed","version":1}')
      .exec();
    expect((await replaced).snapshot.seq).toBe(before + 50);
    const last = await append(2);
    await expect.poll(() => seqs, { timeout: 5000 }).toEqual(range(before + 51, last));
  });

  it("ends with unwatch", async () => {
    const socket = await open(server, "qa-lead");
    const seqs = collect(socket);
    await served(socket, "agreement:watch", { agreementId: "north", cursor: null });
    await served(socket, "agreement:unwatch", { agreementId: "north" });
    const other = await open(server, "qa-lead");
    const otherSeqs = collect(other);
    await served(other, "agreement:watch", { agreementId: "north", cursor: null });
    const last = await append(1);
    await expect.poll(() => otherSeqs, { timeout: 5000 }).toEqual([last]);
    expect(seqs).toEqual([]);
  });
});

type SnapshotReplacedPayload = ReturnType<typeof SnapshotReplaced.parse>;

describe("an acknowledgement", () => {
  it("is seen at once by the other side, on the other server", async () => {
    const lead = await open(server, "qa-lead");
    const manager = await open(second, "client-manager");
    const alert = await raiseTestAlert(server, "north");
    await served(manager, "agreement:watch", { agreementId: "north", cursor: null });
    const seen = new Promise<unknown>((resolve) => {
      manager.once("stream:appended", (payload: unknown) => {
        const [entry] = StreamAppended.parse(payload).entries;
        resolve(entry !== undefined && "event" in entry ? entry.event : null);
      });
    });
    const act = { do: "acknowledge", note: "calling them" } as const;
    const payload = { agreementId: "north", alertId: alert.id, seenSeq: alert.seq, act, operationId: randomUUID() };
    const done = await served(lead, "alert:act", payload);
    expect(done).toMatchObject({ status: "acknowledged", acknowledgement: { note: "calling them", by: "qa-lead" } });
    expect(await seen).toMatchObject({ kind: "alert:changed", alert: { id: alert.id, status: "acknowledged" } });
    expect(Alert.parse(await served(lead, "alert:act", payload))).toEqual(done);
    const late = await ask(lead, "alert:act", { ...payload, operationId: randomUUID() });
    expect(late).toMatchObject({ ok: false, error: { code: "conflict" } });
  });
});
