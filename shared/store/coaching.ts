import type { Redis } from "ioredis";
import type { z } from "zod";
import { addDays } from "../calendar/day.ts";
import { CoachingAction, CoachingEffect, type CoachingNote, type CoachingView } from "../drift/coaching.ts";
import { canonicalText } from "../ledger/canonical.ts";
import { AppError } from "../protocol/errors.ts";
import type { PartyActor } from "../settlement/party.ts";
import { readAgreement } from "./agreements.ts";
import { commit, type Write } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS } from "./person-step.ts";
import { sha256Hex } from "./sha256.ts";

export type CoachingInput = z.output<typeof CoachingNote> & {
  readonly agreementId: string;
  readonly operationId: string;
  readonly by: PartyActor;
  readonly nowMs: number;
};

/** An action may be planned, and noted afterwards, so many days. */
const AHEAD_DAYS = 90;
const BACK_DAYS = 400;
/** Each is read with all others, and measured anew each day for a time. */
const MOST_ACTIONS = 500;

/** Every action of an agreement with what has become of it, the latest start first. */
export async function readCoaching(redis: Redis, agreementId: string): Promise<CoachingView[]> {
  const keys = agreementKeys(agreementId);
  const [actions, effects] = await Promise.all([redis.hvals(keys.coaching), redis.hgetall(keys.coachingEffects)]);
  return actions
    .map((text) => {
      const action = CoachingAction.parse(JSON.parse(text));
      const effect = effects[action.id];
      return { action, effect: effect === undefined ? null : CoachingEffect.parse(JSON.parse(effect)) };
    })
    .toSorted((a, b) =>
      a.action.startDay === b.action.startDay ? b.action.notedAtMs - a.action.notedAtMs : a.action.startDay < b.action.startDay ? 1 : -1,
    );
}

function refuseOdd({ startDay }: CoachingInput, today: string): void {
  if (startDay > addDays(today, AHEAD_DAYS))
    throw new AppError("bad-request", `${startDay} is more than ${AHEAD_DAYS} days ahead.`, "Note it when it is nearer.");
  if (startDay < addDays(today, -BACK_DAYS))
    throw new AppError("bad-request", `${startDay} is more than ${BACK_DAYS} days ago.`, "Note actions of the last year only.");
}

/**
 * Notes a coaching action. Nobody changes it afterwards.
 *
 * @throws AppError `not-found`; `bad-request` for a target that is not agreed or a start far away.
 */
export async function addCoaching(redis: Redis, input: CoachingInput): Promise<CoachingView> {
  const { agreementId, by, nowMs, targetId, kind, cohort, startDay, days, words } = input;
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) throw new AppError("not-found", "There is no such agreement.", "Check the address.");
  if (!stored.targets.some(({ target }) => target.id === targetId))
    throw new AppError("bad-request", `"${targetId}" is no target of this agreement.`, "Name a target that is in force.");
  refuseOdd(input, stored.zone.localDay(nowMs));
  const operation = personalOperation("coaching", input);
  const id = sha256Hex(`${agreementId} ${operation}`).slice(0, 12);
  const keys = agreementKeys(agreementId);
  if ((await redis.hlen(keys.coaching)) >= MOST_ACTIONS && (await redis.hexists(keys.coaching, id)) === 0)
    throw new AppError("bad-request", `An agreement has at most ${MOST_ACTIONS} coaching actions.`, "Note one action for a whole cohort.");
  const action: CoachingAction = { id, targetId, kind, cohort, startDay, days, words, by, notedAtMs: nowMs };
  const sha256 = sha256Hex(canonicalText(action));
  await commit(redis, {
    agreementId,
    operationId: operation,
    rememberSeconds: REMEMBER_SECONDS,
    nowMs,
    writes: [
      ["HSETNX", keys.coaching, id, JSON.stringify(action)],
      ["HINCRBY", keys.clock, "coaching", 1],
    ],
    ledger: [{ v: 1, kind: "coaching-noted", agreement: agreementId, atMs: nowMs, actor: by.id, coaching: id, target: targetId, sha256 }],
    events: [{ kind: "quality:changed", about: "coaching", id }],
  });
  const kept = (await readCoaching(redis, agreementId)).find((each) => each.action.id === id);
  return kept ?? { action, effect: null };
}

/** Stores what an action has come to; it is derived and may be made anew at any time. */
export function coachingEffectWrite(agreementId: string, id: string, effect: CoachingEffect): Write {
  return ["HSET", agreementKeys(agreementId).coachingEffects, id, JSON.stringify(effect)];
}
