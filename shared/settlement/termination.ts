import type { Termination } from "../agreement/money-clauses.ts";
import { parseLevel } from "../agreement/level.ts";
import type { CappedPeriod } from "./caps.ts";
import { isBeyond } from "./compared-figure.ts";
import { dueAfter } from "./due-at.ts";
import type { JudgedPeriod } from "./periods-of.ts";
import type { TerminationProgress } from "./settlement.ts";
import { settlementKind, type SettlementTarget, type SettlementVersion } from "./version.ts";
import { isClosed, togetherOf, verdictsOf, type WholePeriod, wholePeriods } from "./whole-period.ts";

interface Scene {
  /** Whose termination clauses count: the version in force last. */
  readonly version: SettlementVersion;
  /** Closed periods of the calendar, oldest first. */
  readonly closed: readonly WholePeriod[];
  readonly reached: ReadonlySet<JudgedPeriod>;
  readonly nowMs: number;
}

/** One way in which a clause may come true: for one target, or for the periods as such. */
interface Watch {
  readonly of: SettlementTarget | null;
  readonly needed: number;
  readonly within: number;
  readonly inARow: boolean;
  readonly counts: (period: WholePeriod, index: number) => boolean;
  readonly says: (count: number) => string;
}

function watchesOf(clause: Termination, scene: Scene): Watch[] {
  const { version, closed, reached } = scene;
  const unit = settlementKind(version);
  const bound = version.targets.filter(({ target }) => target.class !== "objective");
  const perTarget = (watch: Omit<Watch, "of" | "counts">, counts: (period: WholePeriod, id: string) => boolean): Watch[] =>
    bound.map((of) => ({ ...watch, of, counts: (period) => counts(period, of.target.id) }));
  const counted = (what: string) => (count: number) => `${count} of ${"times" in clause ? clause.times : 1} ${what}`;
  switch (clause.when) {
    case "same-target": {
      const watch = {
        needed: clause.times,
        within: clause.within,
        inARow: false,
        says: counted(`defaults within ${clause.within} ${unit}s`),
      };
      return perTarget(watch, (period, id) => verdictsOf(period, id).some((verdict) => verdict.default !== null));
    }
    case "below-minimum": {
      const watch = {
        needed: clause.times,
        within: clause.times,
        inARow: true,
        says: counted(`${unit}s in a row beyond the minimum level`),
      };
      return perTarget(watch, (period, id) => verdictsOf(period, id).some((verdict) => verdict.default === "minimum"));
    }
    case "cap-reached": {
      const says = counted(`${unit}s whose credits reach the amount at risk, within ${clause.within} ${unit}s`);
      const counts = ({ parts }: WholePeriod): boolean => parts.some((part) => reached.has(part));
      return [{ of: null, needed: clause.times, within: clause.within, inARow: false, counts, says }];
    }
    case "rolling": {
      const says = (count: number): string =>
        `the figure over ${clause.within} ${unit}s together is ${count > 0 ? "" : "not "}beyond ${clause.beyond}`;
      return bound
        .filter((of) => of.target.id === clause.target || of.base === clause.target)
        .map((of) => ({
          of,
          needed: 1,
          within: 1,
          inARow: false,
          says,
          counts: (_, i) => isRollingBeyond(clause, of, closed.slice(0, i + 1)),
        }));
    }
  }
}

function isRollingBeyond(clause: Extract<Termination, { when: "rolling" }>, of: SettlementTarget, upTo: readonly WholePeriod[]): boolean {
  const some = upTo.slice(-clause.within).map((period) => verdictsOf(period, of.target.id));
  const [value, last, level] = [togetherOf(some.flat()), some.flat().at(-1), parseLevel(clause.beyond, of.unit)];
  if (some.length < clause.within || some.some((verdicts) => verdicts.length === 0)) return false;
  return value !== null && last !== undefined && level !== null && isBeyond(value, level, of, last);
}

/** The periods that count towards a clause as of the period at `index`. */
function countedAt(watch: Watch, flags: readonly boolean[], index: number): number[] {
  const some = flags.flatMap((flag, i) => (flag && i <= index && i > index - watch.within ? [i] : []));
  if (!watch.inARow) return some;
  const gap = flags.slice(0, index + 1).lastIndexOf(false);
  return some.filter((i) => i > gap);
}

function endMs({ parts }: WholePeriod): number {
  return Math.max(...parts.map(({ toMs }) => toMs));
}

function progressOf(clause: Termination, watch: Watch, scene: Scene): TerminationProgress {
  const { closed, version, nowMs } = scene;
  const flags = closed.map((period, i) => watch.counts(period, i));
  const now = countedAt(watch, flags, closed.length - 1);
  const event = flags.findLastIndex((flag, i) => flag && countedAt(watch, flags, i).length >= watch.needed);
  const period = closed[event];
  const noticeUntilMs = period === undefined ? null : dueAfter(clause.notice, endMs(period), version.agreement.timeZone);
  return {
    id: clause.id,
    says: `${watch.of === null ? "" : `${watch.of.target.name}: `}${watch.says(now.length)}`,
    targetId: watch.of?.target.id ?? null,
    count: now.length,
    needed: watch.needed,
    periods: now.flatMap((i) => closed[i]?.from ?? []),
    triggered: now.length >= watch.needed || (noticeUntilMs !== null && nowMs < noticeUntilMs),
    noticeUntilMs,
  };
}

/**
 * How near each right to terminate is, by the closed periods. A right arises as a period ends that counts towards it and completes the
 * number; the notice clock runs from then, and starts again with each further such period. Of a clause about single targets every target
 * is listed that counts at all, else the first.
 */
export function terminationsOf(version: SettlementVersion, periods: readonly CappedPeriod[], nowMs: number): TerminationProgress[] {
  const full = periods.filter(({ kept, atRisk }) => atRisk > 0 && kept.reduce((all, credit) => all + credit, 0) >= atRisk);
  const whole = wholePeriods(
    periods.map(({ period }) => period),
    settlementKind(version),
  );
  const closed = whole.slice(0, whole.findLastIndex(isClosed) + 1);
  const scene = { version, closed, reached: new Set(full.map(({ period }) => period)), nowMs };
  return version.agreement.termination.flatMap((clause) => {
    const all = watchesOf(clause, scene).map((watch) => progressOf(clause, watch, scene));
    const near = all.filter(({ count, noticeUntilMs }) => count > 0 || noticeUntilMs !== null);
    return near.length > 0 ? near : all.slice(0, 1);
  });
}
