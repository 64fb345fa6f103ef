import { Forecast } from "../../shared/protocol/claims.ts";
import { readFeeds } from "../../shared/store/agreements.ts";
import { addClaim, decideClaim, readClaims, withdrawClaim } from "../../shared/store/claims.ts";
import { putForecast, readForecasts } from "../../shared/store/forecasts.ts";
import { notFound } from "../access/decide.ts";
import { partyActor } from "../access/party.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

type Names = "claims" | "addClaim" | "decideClaim" | "withdrawClaim" | "forecasts" | "putForecast";

/** Claims that time be left out, and the forecasts that volume is measured against. */
export function claimRoutes({ redis, clock, driveQueue }: ServerParts): Pick<Handlers, Names> {
  async function known(agreementId: string): Promise<void> {
    if ((await readFeeds(redis, agreementId)) === null) throw notFound();
  }
  return {
    async claims({ params: { agreementId } }) {
      await known(agreementId);
      return readClaims(redis, agreementId);
    },
    async addClaim({ params: { agreementId }, body, caller, response }) {
      const claim = await addClaim(redis, { agreementId, ...body, by: partyActor(caller, agreementId), nowMs: clock() });
      await driveQueue.hint(agreementId);
      response.status(201);
      return claim;
    },
    async decideClaim({ params: { agreementId, claimId }, body, caller }) {
      const claim = await decideClaim(redis, { agreementId, claimId, ...body, by: partyActor(caller, agreementId), nowMs: clock() });
      await driveQueue.hint(agreementId);
      return claim;
    },
    async withdrawClaim({ params: { agreementId, claimId }, body, caller }) {
      const claim = await withdrawClaim(redis, { agreementId, claimId, ...body, by: partyActor(caller, agreementId), nowMs: clock() });
      await driveQueue.hint(agreementId);
      return claim;
    },
    async forecasts({ params: { agreementId } }) {
      await known(agreementId);
      return readForecasts(redis, agreementId);
    },
    async putForecast({ params: { agreementId, month }, body, caller }) {
      if (!Forecast.shape.month.safeParse(month).success) throw notFound();
      return putForecast(redis, { agreementId, month, ...body, by: partyActor(caller, agreementId), nowMs: clock() });
    },
  };
}
