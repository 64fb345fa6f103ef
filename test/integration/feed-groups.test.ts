import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { FeedGroup } from "../../shared/feeds/group.ts";
import { FeedGroupView, GroupUpload } from "../../shared/protocol/archive-routes.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { acceptReceipt } from "../../shared/store/receipts.ts";
import { putFeedGroup } from "../../shared/store/groups.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import type { HttpClient, Reply } from "../support/http-client.ts";
import { FEED_HEADER } from "../support/sample-agreement.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { addTestKey, addTestPerson, setStage, signedIn } from "../support/stage.ts";

const GROUP: FeedGroup = {
  id: "daily",
  name: "Daily file",
  column: "client",
  routes: { Claims: "north.calls", Sales: "south.calls" },
  unknown: "ignore-with-note",
};

let server: TestServer;
let both: HttpClient;
let minute = 0;

beforeAll(async () => {
  server = await startServer();
  await setStage(server);
  await addTestPerson(server, "both", [
    { agreementId: "north", role: "provider" },
    { agreementId: "south", role: "provider" },
  ]);
  both = await signedIn(server, "both");
});
afterAll(() => server.stop());
beforeEach(async () => {
  minute = (minute + 1) % 60;
  await putFeedGroup(server.redis, GROUP);
});

/** A file of both clients and a third; each row says whose it is in every text cell. */
function file(): string {
  const row = (client: string, offered: string): string => `${client},2026-11-20,08:${String(minute).padStart(2, "0")},${offered},1,1,1\n`;
  return `client,${FEED_HEADER}${row("Claims", "NORTH-SECRET")}${row("Sales", "SOUTH-SECRET")}${row("Other", "THIRD-SECRET")}${row("Claims", "5")}`;
}

function upload(client: HttpClient, raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<Reply> {
  const key = { "Idempotency-Key": crypto.randomUUID() };
  return client.send("PUT", "/api/v1/feed-groups/daily/uploads", { raw, headers: { ...key, ...headers } });
}

function receiptsOf(reply: Reply): (Receipt | null)[] {
  return reply.as(GroupUpload).receipts.map(({ receipt }) => receipt);
}

async function rawOf(receipt: Receipt | null): Promise<string> {
  if (receipt === null) throw new Error("there is no receipt");
  return Buffer.concat(await Array.fromAsync(server.rawFiles.open(receipt))).toString("utf8");
}

describe("a file that covers several agreements", () => {
  it("becomes one receipt for each, whose file has its own rows under the lines of the whole file", async () => {
    const reply = await upload(both, file());
    expect([reply.status, reply.as(GroupUpload).ignored]).toEqual([202, { rows: 1, lines: [4], values: ["Other"] }]);
    const [north = null, south = null] = receiptsOf(reply);
    expect([north?.feedId, south?.feedId]).toEqual(["north.calls", "south.calls"]);
    const lines = file().split("\n");
    expect((await rawOf(north)).replace("\ufeff", "").split(/\r?\n/u)).toEqual([lines[0], lines[1], "", "", lines[4], ""]);
    expect(server.hints.slice(-2)).toEqual(["north", "south"]);
  });

  it("shows nobody a row of another: not in the receipt's file, its errors, its exports, nor in the bundle", async () => {
    const [north = null] = receiptsOf(await upload(both, file()));
    const errors = await both.get(`/api/v1/receipts/${north?.id}/errors.csv`);
    expect(errors.text).toContain("NORTH-SECRET");
    const views = [errors.text, await rawOf(north), (await both.get("/api/v1/agreements/north/bundle")).text];
    for (const what of ["receipts.csv", "ledger.csv"]) views.push((await both.get(`/api/v1/agreements/north/exports/${what}`)).text);
    for (const view of views) for (const foreign of ["SOUTH-SECRET", "THIRD-SECRET", "Sales", "south"]) expect(view).not.toContain(foreign);
  });

  it("is one hand-in however often it comes; its key with other bytes is refused", async () => {
    const [raw, key] = [file(), { "Idempotency-Key": crypto.randomUUID() }];
    const first = await upload(both, raw, key);
    const again = await upload(both, raw, key);
    expect([first.status, again.status]).toEqual([202, 200]);
    expect(receiptsOf(again).map((one) => one?.id)).toEqual(receiptsOf(first).map((one) => one?.id));
    const other = await upload(both, raw.replaceAll(",1,1,1", ",2,1,1"), key);
    expect([other.status, other.error().code]).toEqual([409, "idempotency-mismatch"]);
  });

  it("keeps the receipt that was made when the next fails, says so, and a repeat completes the rest", async () => {
    const [raw, key] = [file(), { "Idempotency-Key": crypto.randomUUID() }];
    const { receiptCount } = agreementKeys("south");
    const count = await server.redis.get(receiptCount);
    await server.redis.del(receiptCount);
    await server.redis.rpush(receiptCount, "not a number");
    const half = await upload(both, raw, key);
    await server.redis.del(receiptCount);
    if (count !== null) await server.redis.set(receiptCount, count);
    expect(half.status).toBe(207);
    expect(half.as(GroupUpload).receipts).toMatchObject([
      { receipt: { feedId: "north.calls" }, error: null },
      { feedId: "south.calls", receipt: null, error: { code: "internal" } },
    ]);
    const whole = await upload(both, raw, key);
    expect(whole.status).toBe(202);
    expect(receiptsOf(whole).map((one) => one?.feedId)).toEqual(["north.calls", "south.calls"]);
    expect(receiptsOf(whole)[0]?.id).toBe(receiptsOf(half)[0]?.id);
  });

  it("is completed by a repeat after the server died between two receipts", async () => {
    const [raw, idempotencyKey] = [file(), crypto.randomUUID()];
    // What the dead server left: the file of the first agreement with its receipt, and nothing of the second.
    const text = `\ufeff${raw
      .split("\n")
      .map((line, i) => (i === 2 || i === 3 ? "\n" : line === "" ? "" : `${line}\r\n`))
      .join("")}`;
    const left = await server.rawFiles.receive(pieces(text), { agreementId: "north", nowMs: Date.now(), maxBytes: 1e6 });
    const who = { actor: "person:x", acceptedFrom: "both", filename: "upload", nowMs: Date.now() };
    const made = await acceptReceipt(server.redis, { agreementId: "north", feed: "calls", ...left, ...who, idempotencyKey });
    const reply = await upload(both, raw, { "Idempotency-Key": idempotencyKey });
    expect(reply.status).toBe(202);
    expect(receiptsOf(reply).map((one) => one?.id)).toEqual([made.receipt.id, expect.stringMatching(/^south\.r\d+$/u)]);
  });

  it("may come from a machine that has a key for each agreement, and not from one that lacks one", async () => {
    const [north, south] = await Promise.all([addTestKey(server, "north", ["north.calls"]), addTestKey(server, "south", ["south.calls"])]);
    const machine = server.client({ key: north.secret });
    const refused = await upload(machine, file());
    expect([refused.status, refused.text.includes("south")]).toEqual([404, false]);
    const reply = await upload(machine, file(), { "X-Accord-Keys": south.secret });
    expect([reply.status, receiptsOf(reply).length]).toEqual([202, 2]);
  });

  it("is refused whole by its line where a row belongs to nobody and the group says so; nothing is accepted", async () => {
    await putFeedGroup(server.redis, { ...GROUP, unknown: "refuse" });
    const before = await server.redis.mget(agreementKeys("north").receiptCount);
    const reply = await upload(both, file());
    expect([reply.status, reply.error().message]).toEqual([400, expect.stringContaining('Line 4 says "Other"')]);
    expect(await server.redis.mget(agreementKeys("north").receiptCount)).toEqual(before);
  });

  it("is refused when it is too large or of nobody in the group", async () => {
    const nobody = await upload(both, `client,${FEED_HEADER}Other,2026-11-20,08:00,1,1,0,1\n`);
    expect([nobody.status, nobody.error().message]).toEqual([400, expect.stringContaining("No row")]);
    const large = await upload(both, `client,${FEED_HEADER}${"Claims,2026-11-20,08:00,1,1,0,1\n".repeat(1_700_000)}`);
    expect([large.status, large.error().code]).toEqual([413, "too-large"]);
    const unpacked = await upload(both, gzipSync(Buffer.alloc(30_000_000, "\n")));
    expect([unpacked.status, unpacked.error().code]).toEqual([413, "too-large"]);
    const wrong = await upload(both, `client,${FEED_HEADER}${"Other,2026-11-20,08:00,1,1,0,1\n".repeat(40_000)}`);
    expect([wrong.status, wrong.error().message]).toEqual([400, expect.stringContaining("No row")]);
    // The last two have cost something and count against their sender.
    const [budget = ""] = await server.redis.keys("*:refusals:person:*");
    expect(await server.redis.zcard(budget)).toBe(2);
  });
});

describe("a feed group", () => {
  it("is made by the administrator, of feeds that exist", async () => {
    const administrator = await signedIn(server, "administrator");
    const put = (routes: Record<string, string>) =>
      administrator.send("PUT", "/api/v1/feed-groups/made", { body: { name: "Made", column: "client", routes, unknown: "refuse" } });
    expect((await put({ a: "north.calls", b: "south.chats" })).status).toBe(200);
    expect((await put({ a: "north.none" })).error().message).toContain("north.none");
    const seen = async (client: HttpClient) =>
      (await client.get("/api/v1/feed-groups")).as(z.array(FeedGroupView)).find(({ id }) => id === "made");
    expect(await seen(both)).toMatchObject({ column: "client", mayHandIn: true });
    const memberships = [
      { agreementId: "north", role: "client-manager" as const },
      { agreementId: "south", role: "provider" as const },
    ];
    await addTestPerson(server, "looker", memberships);
    expect(await seen(await signedIn(server, "looker"))).toMatchObject({ column: "client", mayHandIn: false });
    const provider = await signedIn(server, "provider");
    expect((await provider.get("/api/v1/feed-groups")).text).toBe("[]");
    expect((await administrator.delete("/api/v1/feed-groups/made")).status).toBe(204);
  });
});

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, "utf8");
}
