import type { Redis } from "ioredis";
import type { Alert } from "../alerts/alert.ts";
import { readAlerts } from "./alert-states.ts";
import { agreementKeys } from "./keys.ts";

/** Alerts of an agreement that are not resolved, and those that changed since an instant. */
export async function readRecentAlerts(redis: Redis, agreementId: string, sinceMs: number): Promise<Alert[]> {
  const { alertsActive, alertsByChange } = agreementKeys(agreementId);
  const [active, changed] = await Promise.all([redis.smembers(alertsActive), redis.zrangebyscore(alertsByChange, sinceMs, "+inf")]);
  return await readAlerts(redis, agreementId, [...new Set([...active, ...changed])]);
}
