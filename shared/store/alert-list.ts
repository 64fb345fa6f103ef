import type { Redis } from "ioredis";
import { Alert } from "../alerts/alert.ts";
import { agreementKeys } from "./keys.ts";

/**
 * Every episode of an agreement, in the order of raising.
 *
 * @param sharedOnly whether those for the provider alone are left out.
 */
export async function listAlerts(redis: Redis, agreementId: string, sharedOnly: boolean): Promise<Alert[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).alerts);
  return texts
    .map((text) => Alert.parse(JSON.parse(text)))
    .filter(({ audience }) => !sharedOnly || audience === undefined)
    .toSorted((a, b) => a.raisedAtMs - b.raisedAtMs || (a.id < b.id ? -1 : 1));
}
