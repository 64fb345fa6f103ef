import type { Redis } from "ioredis";
import type { CompiledTarget } from "../agreement/compiled.ts";
import type { AgreementHistory } from "../agreement/history.ts";
import type { Alert } from "../alerts/alert.ts";
import { familyOf, hushed, type Kinship } from "../alerts/family.ts";
import { type AlertMove, changedAlerts, sinceSeq, standStill } from "../alerts/move.ts";
import { subjectKey } from "../alerts/subject.ts";
import { inPresentWords, UNTOLD } from "../alerts/track.ts";
import type { StoredAgreement } from "./agreements.ts";
import { readAlerts, readStates } from "./alert-states.ts";
import { dutyOf } from "./duty.ts";
import { agreementKeys } from "./keys.ts";

const PARENTS = ["feed.", "provider.", "pipeline.", "outlook.", "no-return.", "spend.", "drift."];

interface Kin extends Kinship {
  readonly hasWider: boolean;
}

const known = new WeakMap<AgreementHistory, Kin>();

/** What a target measures, whatever it is over. */
function measureOf({ target: { feed, direction, measure, aggregation } }: CompiledTarget): string {
  return JSON.stringify([feed, direction, measure, aggregation]);
}

function covers({ target: { queues } }: CompiledTarget, { target: part }: CompiledTarget): boolean {
  return queues === "all" || (part.queues !== "all" && part.queues.every((queue) => queues.includes(queue)));
}

/** Members of a target are parts of one that is judged as a whole, has the same measure and takes in their queues. */
function widerTargets(targets: readonly CompiledTarget[]): Map<string, string[]> {
  const wholes = Map.groupBy(
    targets.filter(({ member }) => member === null),
    measureOf,
  );
  const members = targets.filter(({ member }) => member !== null);
  return new Map(
    members.map((one) => {
      const wider = (wholes.get(measureOf(one)) ?? []).filter((whole) => covers(whole, one));
      return [one.target.id, wider.map(({ target }) => target.id)];
    }),
  );
}

function kinshipOf(history: AgreementHistory): Kin {
  const before = known.get(history);
  if (before !== undefined) return before;
  const targets = history.versions.flatMap((version) => version.targets);
  const feeds = new Map(targets.map(({ target }) => [target.id, target.feed]));
  const wider = widerTargets(targets);
  const kin: Kin = {
    feedOf: (targetId) => feeds.get(targetId),
    widerThan: (targetId) => wider.get(targetId) ?? [],
    hasWider: [...wider.values()].some((ids) => ids.length > 0),
  };
  known.set(history, kin);
  return kin;
}

/** Whether any of the alerts can have a parent or be one: most publications are done with this. */
function concernsFamily(kin: Kin, activeIds: readonly string[], moved: readonly Alert[]): boolean {
  return kin.hasWider || [...activeIds, ...moved.map(({ id }) => id)].some((id) => PARENTS.some((parent) => id.startsWith(parent)));
}

function withAlert(move: AlertMove, alert: Alert): AlertMove {
  const { track } = move.after;
  return { ...move, after: inPresentWords(move.after, { track, alert: hushed(alert, sinceSeq(move, alert)) }) };
}

export interface FamilyQuery {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly nowMs: number;
  /** The ids of the alerts that stand, where they were asked for before. */
  readonly active?: Promise<string[]>;
}

/** Ids of the alerts that stand; what is no longer so when they are read counts as they are then. */
export async function readActiveAlerts(redis: Redis, agreementId: string): Promise<string[]> {
  return await redis.smembers(agreementKeys(agreementId).alertsActive);
}

/**
 * The same moves with what follows from them for the rest of the agreement's alerts: those that now belong to another are
 * attached, those whose parent is over are released.
 */
export async function withFamily({ redis, stored, nowMs, active: asked }: FamilyQuery, moves: readonly AlertMove[]): Promise<AlertMove[]> {
  const moved = moves.flatMap((move) => (changedAlerts(move).length > 0 && move.after.alert !== null ? [move.after.alert] : []));
  if (moved.length === 0) return [...moves];
  const { id } = stored.agreement;
  const kin = kinshipOf(stored.history);
  const activeIds = await (asked ?? readActiveAlerts(redis, id));
  if (!concernsFamily(kin, activeIds, moved)) return [...moves];
  const touched = new Set([...moves.flatMap(({ past }) => past), ...moved].map((alert) => alert.id));
  const others = await readAlerts(redis, id, activeIds.filter((one) => !touched.has(one)).toSorted());
  const active = [...moved, ...others].filter(({ status }) => status !== "resolved");
  const changed = new Map(familyOf(active, kin, nowMs, dutyOf(stored)).map((alert) => [subjectKey(alert.subject), alert]));
  const mine = moves.map((move) => {
    const alert = changed.get(subjectKey(move.subject)) ?? (changedAlerts(move).length > 0 ? move.after.alert : null);
    return alert === null ? move : withAlert(move, alert);
  });
  const own = new Set(moves.map(({ subject }) => subjectKey(subject)));
  const further = [...changed].filter(([key]) => !own.has(key));
  const states = await readStates(
    redis,
    id,
    further.map(([key]) => key),
  );
  return [
    ...mine,
    ...further.map(([key, alert]) => {
      const { track } = states.get(key) ?? UNTOLD;
      const before = { track, alert: others.find((one) => one.id === alert.id) ?? null };
      return withAlert(standStill(alert.subject, before), alert);
    }),
  ];
}
