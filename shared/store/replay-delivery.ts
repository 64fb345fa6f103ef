import type { Redis } from "ioredis";
import { type AlertDelivery, replayDelivery } from "../alerts/delivery.ts";
import { AppError } from "../protocol/errors.ts";
import type { PartyActor } from "../settlement/party.ts";
import { changeDeliveries, readDelivery } from "./alert-deliveries.ts";
import { personalOperation, tooBusy, wasDone } from "./person-step.ts";

interface Replay {
  readonly agreementId: string;
  readonly key: string;
  readonly operationId: string;
  readonly by: PartyActor;
  readonly nowMs: number;
}

/**
 * A person has a message to their own side sent once more; once, however often it is asked for under the same id.
 *
 * @returns `null` when their side has no such message.
 * @throws AppError `conflict` while it is on its way by itself.
 */
export async function replay(redis: Redis, input: Replay): Promise<AlertDelivery | null> {
  const { agreementId, key, by, nowMs } = input;
  const before = await readDelivery(redis, agreementId, key);
  if (before === null || before.delivery.party !== by.party) return null;
  const operationId = personalOperation("replay", input);
  if (await wasDone(redis, agreementId, operationId)) return before.delivery;
  const after = replayDelivery(before.delivery, by.name, nowMs);
  if (after === null) throw new AppError("conflict", "This message is on its way already.", "Wait for its end.");
  const changed = await changeDeliveries(redis, agreementId, [{ before, after }], { nowMs, operationId });
  if (changed === null) throw tooBusy();
  return after;
}
