import { addCoaching, readCoaching } from "../../shared/store/coaching.ts";
import { readFeeds } from "../../shared/store/agreements.ts";
import { notFound } from "../access/decide.ts";
import { partyActor } from "../access/party.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

type Names = "coaching" | "addCoaching";

/** What people do about quality. */
export function qualityRoutes({ redis, clock }: ServerParts): Pick<Handlers, Names> {
  async function known(agreementId: string): Promise<void> {
    if ((await readFeeds(redis, agreementId)) === null) throw notFound();
  }
  return {
    async coaching({ params: { agreementId } }) {
      await known(agreementId);
      return readCoaching(redis, agreementId);
    },
    async addCoaching({ params: { agreementId }, body, caller, response }) {
      const view = await addCoaching(redis, { agreementId, ...body, by: partyActor(caller, agreementId), nowMs: clock() });
      response.status(201);
      return view;
    },
  };
}
