import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GroupUpload } from "../../shared/protocol/archive-routes.ts";
import { STREAM_HINT_CHANNEL } from "../../shared/store/keys.ts";
import { latestReceipts } from "../../shared/store/receipts.ts";
import type { Reply } from "../support/http-client.ts";
import { agreementTexts, buildAgreement, buildFeed, FEED_HEADER } from "../support/sample-agreement.ts";
import { startSystem, type System } from "../support/system.ts";

const AGREEMENTS = ["east", "north", "south"];
const ROUNDS = process.env["ACCORD_TESTS"] === "full" ? 20 : 1;

describe("a server that is killed while it makes the receipts of a group's file", () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ workers: 0 });
    for (const id of AGREEMENTS) {
      const { agreement, feeds } = agreementTexts(buildAgreement({ id }), [buildFeed()]);
      await system.addAgreement(agreement, feeds);
    }
    const routes = Object.fromEntries(AGREEMENTS.map((id) => [id, `${id}.calls`]));
    const body = { name: "All", column: "client", routes, unknown: "refuse" };
    const made = await system.admin.send("PUT", "/api/v1/feed-groups/all", { body });
    expect(made.status, made.text).toBe(200);
  });
  afterAll(() => system.stop());

  function send(round: number): Promise<Reply> {
    const rows = AGREEMENTS.map((id) => `${id},2026-11-20,08:00,${10 + round},9,1,8\n`).join("");
    const headers = { "Idempotency-Key": `round-${round}` };
    return system.admin.send("PUT", "/api/v1/feed-groups/all/uploads", { raw: `client,${FEED_HEADER}${rows}`, headers });
  }

  async function numbers(): Promise<number[]> {
    const redis = system.redisServer.connect();
    const all = await Promise.all(AGREEMENTS.map((id) => latestReceipts(redis, id, 100)));
    redis.disconnect();
    return all.map((receipts) => receipts.length);
  }

  /** Listens from now on; `made` resolves with the first receipt. */
  async function listen(): Promise<{ readonly made: Promise<unknown> }> {
    const redis = system.redisServer.connect();
    await redis.subscribe(STREAM_HINT_CHANNEL);
    const made = once(redis, "message").finally(() => redis.disconnect());
    return { made };
  }

  it("leaves what was made, and a repeat makes the rest, each once", async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const { made } = await listen();
      const lost = send(round).catch(() => null);
      await made;
      await system.server.kill("SIGKILL");
      await lost;
      const left = await numbers();
      expect(left[0]).toBe(round);
      await system.restartServer();
      const again = await send(round);
      expect([200, 202]).toContain(again.status);
      expect(again.as(GroupUpload).receipts.map(({ receipt }) => receipt?.id)).toEqual(AGREEMENTS.map((id) => `${id}.r${round}`));
      expect(await numbers()).toEqual(AGREEMENTS.map(() => round));
      process.stdout.write(`round ${round}: ${left.filter((count) => count === round).length} of 3 receipts were made before the kill\n`);
    }
  });
});
