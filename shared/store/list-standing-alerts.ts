import type { Redis } from "ioredis";
import { Alert } from "../alerts/alert.ts";
import { commit, type Write } from "./commit.ts";
import { inPieces } from "./in-pieces.ts";
import { agreementKeys } from "./keys.ts";

/** Field of the clock that says that an agreement's alerts are listed by whether they stand. */
export const ALERTS_LISTED = "alerts";

/**
 * Lists the alerts that stand, for an agreement that a former release kept without such a list. One that moves meanwhile
 * makes the step conflict, and the next round does it.
 */
export async function listStandingAlerts(redis: Redis, agreementId: string, nowMs: number): Promise<void> {
  const keys = agreementKeys(agreementId);
  const alerts = (await redis.hvals(keys.alerts)).map((text) => Alert.parse(JSON.parse(text)));
  const standing = alerts.filter(({ status }) => status !== "resolved");
  await commit(redis, {
    agreementId,
    operationId: `list-alerts-${nowMs}`,
    nowMs,
    expect: standing.map(({ id, seq }) => ({ key: keys.alertSeq, field: id, is: String(seq) })),
    writes: [
      ...inPieces(standing.map(({ id }) => id)).map((some): Write => ["SADD", keys.alertsActive, ...some]),
      ["HSET", keys.clock, ALERTS_LISTED, 1],
    ],
  });
}
