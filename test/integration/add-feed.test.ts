import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocuments } from "../../server/documents/read-documents.ts";
import { FeedText } from "../../shared/protocol/feed-routes.ts";
import { FeedHealth } from "../../shared/protocol/live.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { readAgreement, readFeeds } from "../../shared/store/agreements.ts";
import { readLedgerItems } from "../../shared/store/ledger-tree.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import type { HttpClient } from "../support/http-client.ts";
import { buildAgreement, buildFeed, FEED_HEADER } from "../support/sample-agreement.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { setStage, signedIn } from "../support/stage.ts";

let server: TestServer;
let provider: HttpClient;

beforeAll(async () => {
  server = await startServer();
  await setStage(server);
  provider = await signedIn(server, "provider");
});
afterAll(() => server.stop());

const FEEDS = "/api/v1/agreements/north/feeds";
const textOf = (id: string, name = "Mail") => `# how mail is counted\n${JSON.stringify(buildFeed({ id, name }))}`;
const add = (client: HttpClient, definition: string) => client.send("POST", FEEDS, { body: { definition } });

async function ledger(): Promise<string[]> {
  const count = await server.redis.llen(agreementKeys("north").ledger);
  return (await readLedgerItems(server.redis, "north", 0, count)).map((item) => item.subarray(32).toString());
}

describe("a feed that a provider adds", () => {
  it("takes files at once, stands in the snapshot and in the ledger, and its text comes back letter by letter", async () => {
    const before = await readAgreement(server.redis, "north");
    expect(before?.feeds.map(({ id }) => id)).not.toContain("mail");
    const text = textOf("mail");
    const reply = await add(provider, text);
    expect([reply.status, reply.as(FeedHealth).feedId]).toEqual([201, "north.mail"]);
    expect((await provider.get(FEEDS)).text).toContain("north.mail");
    expect((await provider.get("/api/v1/feeds/north.mail/definition")).as(FeedText)).toEqual({
      feed: "mail",
      text,
      sha256: sha256Hex(text),
    });
    expect((await ledger()).at(-1)).toContain(`"feed":"mail","kind":"feed-defined","sha256":"${sha256Hex(text)}"`);
    const upload = await provider.upload("north.mail", `${FEED_HEADER}2026-11-20,08:00,10,9,1,8\n`);
    expect([upload.status, upload.as(Receipt).feedId]).toEqual([202, "north.mail"]);
  });

  it("is a feed that the next version may name, and that no version in force reads", async () => {
    await add(provider, textOf("letters"));
    expect((await readFeeds(server.redis, "north"))?.map(({ id }) => id)).toContain("letters");
    const stored = await readAgreement(server.redis, "north");
    expect(stored?.targets.map(({ target }) => target.feed)).not.toContain("letters");
  });

  it("of long intervals does not stand in the way of the next version, whose targets do not read it", () => {
    const hours = [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "08:30", to: "17:30" }];
    const text = JSON.stringify({ ...buildAgreement(), serviceHours: hours });
    const errorsWith = (minutes: number, id: string): string[] => {
      const added = { ...buildFeed({ id }), intervalMinutes: minutes };
      const feeds = id === "calls" ? [added] : [buildFeed(), added];
      const texts = feeds.map((feed) => ({ name: feed.id, text: JSON.stringify(feed) }));
      const { problems } = readDocuments({ name: "agreement", text }, texts);
      return problems.filter(({ severity }) => severity === "error").map(({ message }) => message);
    };
    expect(errorsWith(60, "hours")).toEqual([]);
    expect(errorsWith(60, "calls")[0]).toBe("08:30 lies inside a 60-minute interval.");
  });

  it("counts once however often the same text comes, at once or again", async () => {
    const text = textOf("faxes");
    const replies = await Promise.all(Array.from({ length: 3 }, () => add(provider, text)));
    expect([...replies, await add(provider, text)].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await ledger()).filter((entry) => entry.includes('"feed":"faxes"'))).toHaveLength(1);
  });

  it("is not lost when two others are added in the same moment", async () => {
    const replies = await Promise.all(["one", "two", "three"].map((id) => add(provider, textOf(id))));
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await readFeeds(server.redis, "north"))?.map(({ id }) => id)).toEqual(expect.arrayContaining(["one", "two", "three"]));
  });

  it("never changes one that is there", async () => {
    const reply = await add(provider, textOf("calls", "Other calls"));
    expect([reply.status, reply.error().code]).toEqual([409, "conflict"]);
    expect(reply.error().message).toContain("never changes");
  });

  it("is refused with every problem at once", async () => {
    const reply = await add(provider, JSON.stringify({ ...buildFeed({ id: "Bad id" }), timeZone: "Mars/Olympus" }));
    expect(reply.status).toBe(400);
    expect(reply.error().message).toContain("id");
  });
});
