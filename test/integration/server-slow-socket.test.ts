import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { StreamAppended } from "../../shared/protocol/socket-events.ts";
import { commit } from "../../shared/store/commit.ts";
import { longReceipt } from "../support/made-up-receipts.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { connectedSocket, served, type TestSocket } from "../support/socket-client.ts";
import { setStage, signedIn } from "../support/stage.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ limits: { socketBufferBytes: 128 * 1024 } });
  await setStage(server);
});
afterAll(() => server.stop());

/** An entry of about 200 KB. */
async function appendLarge(): Promise<number> {
  const event = { kind: "receipt:changed", receipt: longReceipt("north", "north.r1", 200_000) } as const;
  const result = await commit(server.redis, {
    agreementId: "north",
    operationId: randomUUID(),
    nowMs: Date.now(),
    writes: [],
    events: [event],
  });
  return result.kind === "done" ? result.seq : 0;
}

/** Stops reading from the network, as a sleeping tab does. */
function fallAsleep(socket: TestSocket): void {
  const path = ["io", "engine", "transport", "ws", "_socket"];
  const raw = path.reduce<unknown>(
    (holder, name) => (typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined),
    socket,
  );
  if (typeof raw !== "object" || raw === null || !("pause" in raw) || typeof raw.pause !== "function") throw new Error("no raw socket");
  raw.pause();
}

it("a browser that does not read is dropped, and the others hear everything", async () => {
  const [sleeper, awake] = await Promise.all(
    ["qa-lead", "client-manager"].map(async (name) => connectedSocket(server.url, (await signedIn(server, name)).cookie)),
  );
  if (sleeper === undefined || awake === undefined) throw new Error("two sockets were opened");
  const seqs: number[] = [];
  awake.on("stream:appended", (payload: unknown) => seqs.push(...StreamAppended.parse(payload).entries.map(({ seq }) => seq)));
  for (const socket of [sleeper, awake]) await served(socket, "agreement:watch", { agreementId: "north", cursor: null });
  fallAsleep(sleeper);
  const dropped = () => server.logs.some((line) => line.includes("slow-socket-dropped"));
  const sent: number[] = [];
  while (!dropped() && sent.length < 200) {
    sent.push(await appendLarge());
    await expect.poll(() => seqs.at(-1), { timeout: 5000 }).toBe(sent.at(-1));
  }
  expect(dropped()).toBe(true);
  expect(seqs).toEqual(sent);
  expect(awake.connected).toBe(true);
  sleeper.disconnect();
  awake.disconnect();
});
