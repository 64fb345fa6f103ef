import { toError } from "../../shared/protocol/errors.ts";
import { readAgreement, readFeeds } from "../../shared/store/agreements.ts";
import { keepCheckpoint } from "../../shared/store/checkpoints.ts";
import { closePeriod, readPeriods, refuseClosing } from "../../shared/store/period-close.ts";
import { readRestatements } from "../../shared/store/restatements.ts";
import { notFound } from "../access/decide.ts";
import { partyActor } from "../access/party.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

type Names = "restatements" | "periods" | "closePeriod" | "refuseClosing";

/** Corrections of what was known, and the closing of periods. */
export function restatementRoutes({ redis, keyRing, logger, clock }: ServerParts): Pick<Handlers, Names> {
  return {
    async restatements({ params: { agreementId } }) {
      if ((await readFeeds(redis, agreementId)) === null) throw notFound();
      return readRestatements(redis, agreementId);
    },
    async periods({ params: { agreementId } }) {
      const nowMs = clock();
      const stored = await readAgreement(redis, agreementId, nowMs);
      if (stored === null) throw notFound();
      return readPeriods(redis, stored, nowMs);
    },
    async closePeriod({ params: { agreementId, periodId }, body, caller }) {
      const by = partyActor(caller, agreementId);
      const closing = await closePeriod(redis, { agreementId, periodId, ...body, by, nowMs: clock() });
      // Signed at once, so that what both have just agreed can be held against whatever comes. Without it a round signs later.
      if (closing.state === "closed")
        await keepCheckpoint(redis, keyRing, agreementId, clock()).catch((thrown: unknown) =>
          logger.warn({ event: "no-checkpoint", agreementId, reason: toError(thrown).message }),
        );
      return closing;
    },
    refuseClosing({ params: { agreementId, periodId }, body, caller }) {
      return refuseClosing(redis, { agreementId, periodId, ...body, by: partyActor(caller, agreementId), nowMs: clock() });
    },
  };
}
