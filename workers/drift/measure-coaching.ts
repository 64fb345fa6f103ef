import type { Redis } from "ioredis";
import { addDays, type Day } from "../../shared/calendar/day.ts";
import type { CauseCell } from "../../shared/drift/cause-cell.ts";
import type { CoachingAction, CoachingEffect, Cohort } from "../../shared/drift/coaching.ts";
import { type CoachedCell, coachingEffect } from "../../shared/drift/coaching-effect.ts";
import { seriesKindOf } from "../../shared/drift/series-kind.ts";
import { worseSideOf } from "../../shared/drift/worse-side.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { coachingEffectWrite, readCoaching } from "../../shared/store/coaching.ts";
import { commit } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import type { WorkerParts } from "../parts.ts";
import { isSummed } from "./cause-of.ts";
import { type ReadCells, readCells } from "./read-cells.ts";
import { readSeries } from "./read-series.ts";

/** What each connection has measured last, by agreement: the day and how many actions there were. */
const measured = new WeakMap<Redis, Map<string, string>>();

/** Facts of the days compared may still be corrected or come late. */
const SETTLED_DAYS = 30;
/** The least that is looked at on either side of the start. */
const FEWEST_DAYS = 7;

type Member = (cell: Pick<CauseCell, "queue" | "agent">) => boolean;

function memberOf({ queues, joinedAfter, agents }: Cohort, { starts }: ReadCells, { zone }: StoredAgreement): Member {
  const joined = (agent: string): boolean => {
    const startMs = starts.get(agent);
    return joinedAfter === undefined || (startMs !== undefined && zone.localDay(startMs) > joinedAfter);
  };
  const isMeant = (agent: string | null): boolean =>
    agent === null ? joinedAfter === undefined && agents === undefined : joined(agent) && (agents?.includes(agent) ?? true);
  return ({ queue, agent }) => (queues?.includes(queue) ?? true) && isMeant(agent);
}

/** Cells as they are compared: by agent, where any is known, else by day. */
function coachedCells(cells: ReadCells, isMember: Member): { readonly by: "agent" | "day"; readonly cells: CoachedCell[] } {
  const by = [...cells.before, ...cells.after].some(({ agent }) => agent !== null) ? "agent" : "day";
  const told = (period: CoachedCell["period"], some: readonly CauseCell[]): CoachedCell[] =>
    some.flatMap(({ queue, agent, day, n, num, sample }) => {
      const cluster = by === "agent" ? agent : (day ?? null);
      const group = isMember({ queue, agent }) ? "cohort" : "others";
      return cluster === null ? [] : [{ cluster, group, period, n, num, sample: sample ?? n }];
    });
  return { by, cells: [...told("before", cells.before), ...told("after", cells.after)] };
}

function unknown(why: string): CoachingEffect {
  return { state: "unknown", why };
}

interface Span {
  readonly start: Day;
  /** Days that are over and count, before and after the start. */
  readonly days: ReadonlySet<Day>;
  readonly from: Day;
  readonly to: Day;
}

/** Days before and from the start on, as many as were asked for; a sentence where there are too few. */
function spanOf(counted: readonly Day[], { startDay, days }: CoachingAction): Span | string {
  const [first, last] = [addDays(startDay, -days), addDays(startDay, days - 1)];
  const within = counted.filter((day) => day >= first && day <= last);
  const after = within.filter((day) => day >= startDay);
  if (within.length - after.length < FEWEST_DAYS)
    return `Nothing to compare: fewer than ${FEWEST_DAYS} days with figures before the start.`;
  const to = after.at(-1);
  if (to === undefined || after.length < FEWEST_DAYS)
    return `Too early to say: ${after.length} of ${FEWEST_DAYS} days with figures since the start.`;
  return { start: startDay, days: new Set(within), from: first, to };
}

async function effectOf(redis: Redis, stored: StoredAgreement, action: CoachingAction, nowMs: number): Promise<CoachingEffect> {
  const compiled = stored.targets.find(({ target }) => target.id === action.targetId);
  if (compiled === undefined) return unknown("The target has left the agreement.");
  const { kind } = seriesKindOf(compiled);
  if (kind === null || !isSummed(stored, compiled)) return unknown("This figure is no sum of single cases; its effect cannot be measured.");
  const points = await readSeries(redis, stored, compiled, nowMs);
  const span = spanOf(
    points.filter(({ leftOut, open }) => leftOut !== true && open !== true).map(({ day }) => day),
    action,
  );
  if (typeof span === "string") return unknown(span);
  const range = { fromMs: stored.zone.dayRange(span.from).fromMs, toMs: stored.zone.dayRange(span.to).toMs };
  const windowOf = (day: Day): 0 | 1 | null => (span.days.has(day) ? (day < span.start ? 0 : 1) : null);
  const read = await readCells(redis, stored, { compiled, windowOf, range });
  const { by, cells } = coachedCells(read, memberOf(action.cohort, read, stored));
  if (by === "day" && (action.cohort.joinedAfter !== undefined || action.cohort.agents !== undefined))
    return unknown("The feed of this target does not tell agents apart; note queues instead.");
  const found = coachingEffect(cells, by);
  if (typeof found === "string") return unknown(found);
  const { unit, target } = compiled;
  return { state: "measured", ...found, clusters: { by, ...found.clusters }, unit, worse: worseSideOf(target), to: span.to };
}

/**
 * Measures what coaching actions have come to: once a day while their days still come in, and soon after one was noted. Twice at once
 * stores the same.
 */
export async function measureCoaching({ redis, clock }: Pick<WorkerParts, "redis" | "clock">, agreementId: string): Promise<void> {
  const nowMs = clock();
  const noted = await redis.hget(agreementKeys(agreementId).clock, "coaching");
  if (noted === null) return;
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) return;
  const mine = measured.get(redis) ?? new Map<string, string>();
  measured.set(redis, mine);
  const today = stored.zone.localDay(nowMs);
  const mark = `${today} ${noted}`;
  if (mine.get(agreementId) === mark) return;
  for (const { action, effect } of await readCoaching(redis, agreementId)) {
    if (effect !== null && addDays(action.startDay, action.days + SETTLED_DAYS) < today) continue;
    const now = await effectOf(redis, stored, action, nowMs);
    if (JSON.stringify(now) === JSON.stringify(effect)) continue;
    const write = coachingEffectWrite(agreementId, action.id, now);
    const operationId = `coaching-${action.id}-${sha256Hex(JSON.stringify([today, now]))}`;
    const events = [{ kind: "quality:changed" as const, about: "coaching" as const, id: action.id }];
    await commit(redis, { agreementId, operationId, nowMs, writes: [write], events });
  }
  mine.set(agreementId, mark);
}
