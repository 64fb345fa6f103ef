import type { Redis } from "ioredis";
import { AppError } from "../protocol/errors.ts";
import type { PartyActor } from "../settlement/party.ts";
import { agreementKeys } from "./keys.ts";

/** A browser that was asleep may send what its person did again days later. */
export const REMEMBER_SECONDS = 7 * 86_400;

/** How often a step is tried anew because somebody else's came in between. */
export const STEP_ATTEMPTS = 20;

/** The operation's name in the store. The same id from somebody else is another operation, so that nobody is told that it was done. */
export function personalOperation(what: string, { by, operationId }: { readonly by: PartyActor; readonly operationId: string }): string {
  return `${what}-${by.id}-${operationId}`;
}

/** Whether this very operation was carried out before, so that its sender learns what it did and not that it comes too late. */
export async function wasDone(redis: Redis, agreementId: string, operation: string): Promise<boolean> {
  return (await redis.exists(agreementKeys(agreementId).operation(operation))) === 1;
}

export function tooBusy(): AppError {
  return new AppError("unavailable", "Too many people change this agreement at the same moment.", "Try again in a second.", {
    retryAfterSeconds: 1,
  });
}
