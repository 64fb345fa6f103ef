import type { Redis } from "ioredis";
import { AppError } from "../protocol/errors.ts";
import { agreementKeys } from "./keys.ts";

/** A browser that was asleep may send what its person did again days later. */
export const REMEMBER_SECONDS = 7 * 86_400;

/** How often a step is tried anew because somebody else's came in between. */
export const STEP_ATTEMPTS = 20;

/** Whether this very operation was carried out before, so that its sender learns what it did and not that it comes too late. */
export async function wasDone(redis: Redis, agreementId: string, operation: string): Promise<boolean> {
  return (await redis.exists(agreementKeys(agreementId).operation(operation))) === 1;
}

export function tooBusy(): AppError {
  return new AppError("unavailable", "Too many people change this agreement at the same moment.", "Try again in a second.", {
    retryAfterSeconds: 1,
  });
}
