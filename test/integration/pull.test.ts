import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PullView } from "../../shared/protocol/pull.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { createPullQueue } from "../../shared/store/pull-queue.ts";
import { PullAttempt } from "../../shared/store/pull-runs.ts";
import { latestReceipts } from "../../shared/store/receipts.ts";
import { runPull } from "../../workers/pull/run-pull.ts";
import { startPulling } from "../../workers/pull/start-pulling.ts";
import { watchPulls } from "../../workers/pull/watch-pulls.ts";
import type { HttpClient } from "../support/http-client.ts";
import { type HttpPeer, startHttpPeer } from "../support/pull-peers.ts";
import { FEED, PULL_NOW_MS, type PullStage, rowOf, startPullStage } from "../support/pull-stage.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { setStage, signedIn } from "../support/stage.ts";
import { buildPull } from "../support/test-pull.ts";
import { until } from "../support/until.ts";

const SECRET = "CANARY-SECRET";

describe("the settings of a pull", () => {
  let server: TestServer;
  let provider: HttpClient;
  const PATH = "/api/v1/feeds/north.calls/pull";
  const put = (overrides = {}) => provider.send("PUT", PATH, { body: { ...buildPull(), ...overrides } });

  beforeAll(async () => {
    server = await startServer();
    await setStage(server);
    provider = await signedIn(server, "provider");
  });
  afterAll(() => server.stop());

  it("are there for the provider without the secret, and gone when they end", async () => {
    expect((await provider.get(PATH)).text).toBe("null");
    const view = (await put()).as(PullView);
    expect(view).toMatchObject({ feedId: "north.calls", hasSecret: true, changedBy: "provider", state: "new", runs: [] });
    expect(view.nextRunAtMs).toBeGreaterThan(Date.now());
    expect((await provider.get(PATH)).as(PullView)).toEqual(view);
    expect((await provider.post(`${PATH}/run`, {})).status).toBe(202);
    expect((await provider.delete(PATH)).status).toBe(204);
    expect((await provider.get(PATH)).text).toBe("null");
    expect((await provider.delete(PATH)).status).toBe(404);
    expect((await provider.post(`${PATH}/run`, {})).status).toBe(404);
  });

  it("keep the secret out of every answer, of the log, of Redis and its files", async () => {
    const reply = await put();
    await provider.post(`${PATH}/run`, {});
    expect(reply.text + (await provider.get(PATH)).text + server.logs.join("\n")).not.toContain(SECRET);
    const folder = path.join(server.redisServer.dir, "appendonlydir");
    for (const name of await readdir(folder)) expect((await readFile(path.join(folder, name))).includes(SECRET), name).toBe(false);
  });

  it("use a stored secret for the place it was given for, and for no other", async () => {
    await put();
    const same = { source: { kind: "http", url: "https://files.example/other.csv", auth: { kind: "bearer" } }, secret: undefined };
    expect((await put(same)).status).toBe(200);
    const other = { source: { kind: "http", url: "https://evil.example/export.csv", auth: { kind: "bearer" } }, secret: undefined };
    const reply = await put(other);
    expect([reply.status, reply.error().message]).toEqual([400, "The password, token or key for this place is missing."]);
  });

  it("sent twice are one change", async () => {
    const body = buildPull();
    const first = (await provider.send("PUT", PATH, { body })).as(PullView);
    const again = (await provider.send("PUT", PATH, { body })).as(PullView);
    expect(again.changedAtMs).toBe(first.changedAtMs);
  });

  it.each([
    ["a password in the address", { source: { kind: "http", url: "https://ann:pw@files.example/x", auth: { kind: "none" } } }],
    ["an address that is no web address", { source: { kind: "http", url: "file:///etc/passwd", auth: { kind: "none" } } }],
    ["a header that is no header", { source: { kind: "http", url: "https://files.example/x", auth: { kind: "header", name: "a: b" } } }],
    ["a schedule that is none", { schedule: { kind: "cron", pattern: "99 * * * *", timeZone: "UTC" } }],
    ["a time zone that is none", { schedule: { kind: "cron", pattern: "0 6 * * *", timeZone: "Mars/Base" } }],
    ["fetching all the time", { schedule: { kind: "every", minutes: 0 } }],
  ])("refuse %s", async (_, overrides) => {
    expect((await put(overrides)).status).toBe(400);
  });
});

describe("pulls in a worker", () => {
  let stage: PullStage;
  let peer: HttpPeer;

  beforeAll(async () => {
    stage = await startPullStage();
    peer = await startHttpPeer();
  });
  afterAll(async () => {
    await peer.close();
    await stage.worker.stop();
  });
  afterEach(async () => void (await stage.worker.redis.del(agreementKeys("north").pullLease("calls"))));

  const receipts = async () => (await latestReceipts(stage.worker.redis, "north", 50)).length;
  const setHttp = () => stage.set({ kind: "http", url: `${peer.url}/export.csv`, auth: { kind: "none" } });

  it("begin by the schedule, by hand, and again after the queue lost everything", async () => {
    const body = rowOf(1, 1);
    peer.answer = (_, response) => void response.writeHead(200).end(body);
    await setHttp();
    const connection = stage.worker.redisServer.connect();
    const parts = { ...stage.parts, clock: Date.now };
    const pulling = startPulling(parts, connection);
    const queue = createPullQueue(connection);
    await pulling.ready();
    try {
      await queue.schedule(FEED, { kind: "every", minutes: 15 });
      await until(async () => (await stage.state()).state === "well", "the schedule's first run");
      expect(await queue.nextAtMs(FEED)).toBeGreaterThan(Date.now());
      const ran = (await stage.state()).lastRunAtMs ?? 0;
      await queue.runNow(FEED);
      await until(async () => ((await stage.state()).lastRunAtMs ?? 0) > ran, "the run by hand");
      const jobs = await connection.keys("{bull}:pull:*");
      for (const key of jobs) expect(JSON.stringify(await connection.dump(key))).not.toContain(SECRET);
      const gone = jobs.filter((key) => !/:(?:meta|stalled|stalled-check)$/u.test(key));
      await connection.del(...gone);
      expect(await queue.nextAtMs(FEED)).toBeNull();
      await watchPulls(parts, queue);
      expect(await queue.nextAtMs(FEED)).toBeGreaterThan(Date.now() - 1000);
    } finally {
      await queue.close();
      await pulling.stop();
    }
    expect(await receipts()).toBe(1);
  });

  it("are made once, however many workers try at the same moment", async () => {
    await setHttp();
    const body = rowOf(2, 2);
    let asked = 0;
    peer.answer = (_, response) => {
      asked += 1;
      setImmediate(() => response.writeHead(200).end(body));
    };
    const before = await receipts();
    await Promise.all(Array.from({ length: 8 }, () => runPull(stage.parts, FEED)));
    expect(asked).toBe(1);
    expect(await receipts()).toBe(before + 1);
  });

  it("that died half-way are made again, and the bytes they had taken in count once", async () => {
    await setHttp();
    const body = rowOf(3, 3);
    peer.answer = (_, response) => void response.writeHead(200).end(body);
    await stage.run();
    const before = await receipts();
    await setHttp();
    expect(await PullAttempt.begin(stage.worker.redis, FEED, stage.worker.nowMs)).not.toBeNull();
    const keys = agreementKeys("north");
    await stage.worker.redis.del(keys.pullLease("calls"), keys.pullSeen("calls"));
    stage.worker.nowMs += 120_000;
    const connection = stage.worker.redisServer.connect();
    const queue = createPullQueue(connection);
    await queue.schedule(FEED, { kind: "every", minutes: 15 });
    await watchPulls(stage.parts, queue);
    await queue.close();
    const { runningSinceMs, runs } = await stage.state();
    expect([runningSinceMs, runs[0]?.startedAtMs, runs[0]?.result]).toEqual([null, stage.worker.nowMs, "unchanged"]);
    expect(await receipts()).toBe(before);
  });

  it("whose settings changed meanwhile write nothing any more", async () => {
    await setHttp();
    const attempt = await PullAttempt.begin(stage.worker.redis, FEED, PULL_NOW_MS);
    await setHttp();
    const outcome = {
      result: "failed",
      message: "late",
      remedy: "",
      files: 0,
      bytes: 0,
      receipts: [],
      temporary: true,
      offeredHostKey: null,
    } as const;
    expect(await attempt?.end({ ...outcome, receipts: [] }, PULL_NOW_MS)).toBe(false);
    expect((await stage.state()).runs.some(({ message }) => message === "late")).toBe(false);
  });
});
