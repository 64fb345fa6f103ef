import { toError } from "../../shared/protocol/errors.ts";
import type { PullView } from "../../shared/protocol/pull.ts";
import { agreementOf } from "../../shared/protocol/receipt.ts";
import { endPull, putPull, readPull, type StoredPull, viewOf } from "../../shared/store/pulls.ts";
import { notFound } from "../access/decide.ts";
import { partyActor } from "../access/party.ts";
import type { ServerParts } from "../parts.ts";
import { readFeed } from "./read-feed.ts";
import type { Handlers } from "./route-types.ts";

/** Feeds that Accord fetches by itself. The secret goes in here and never out. */
export function pullRoutes({
  redis,
  keyRing,
  pullQueue,
  clock,
  logger,
}: ServerParts): Pick<Handlers, "pull" | "putPull" | "endPull" | "runPull"> {
  const view = async (pull: StoredPull): Promise<PullView> => viewOf(pull, await pullQueue.nextAtMs(pull.feedId));
  /** The queue is a hint: what does not reach it is found by the round that watches over pulls. */
  async function hint(feedId: string, telling: Promise<void>): Promise<void> {
    await telling.catch((error: unknown) => logger.warn({ event: "pull-hint-lost", feedId, reason: toError(error).message }));
  }
  return {
    async pull({ params: { feedId } }) {
      await readFeed(redis, agreementOf(feedId), feedId);
      const pull = await readPull(redis, feedId);
      return pull === null ? null : await view(pull);
    },
    async putPull({ params: { feedId }, body, caller }) {
      const agreementId = agreementOf(feedId);
      await readFeed(redis, agreementId, feedId);
      const pull = await putPull(redis, { feedId, keyRing, ...body, by: partyActor(caller, agreementId), nowMs: clock() });
      await hint(feedId, pullQueue.schedule(feedId, pull.settings.schedule));
      await hint(feedId, pullQueue.runNow(feedId));
      return await view(pull);
    },
    async endPull({ params: { feedId } }) {
      await readFeed(redis, agreementOf(feedId), feedId);
      if (!(await endPull(redis, feedId, clock()))) throw notFound();
      await hint(feedId, pullQueue.unschedule(feedId));
    },
    async runPull({ params: { feedId }, response }) {
      await readFeed(redis, agreementOf(feedId), feedId);
      const pull = await readPull(redis, feedId);
      if (pull === null) throw notFound();
      await pullQueue.runNow(feedId);
      response.status(202);
      return await view(pull);
    },
  };
}
