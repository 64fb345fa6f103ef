import type { Target } from "../../shared/agreement/agreement.ts";
import { bandOn, eased, level, minus, type Rational } from "./naive-band.ts";
import {
  type DatedRow,
  isCounted,
  isMeasured,
  type NaiveCase,
  type NaiveDays,
  type NaiveRow,
  neighbour,
  startOf,
} from "./naive-calendar.ts";

type Piece = readonly [day: string, num: bigint, den: bigint];
type View = "recomputed" | "adjusted" | "all";
interface Count {
  readonly value: Rational | null;
  readonly status: string;
  readonly default: string | null;
}
export type NaiveVerdict = Count & { readonly recomputed: Count | null; readonly ifAllAccepted: Count | null };

const TRILLION = 10n ** 12n;
const halfUp = ([a, b]: Rational): bigint => (2n * a + b) / (2n * b);

/** The intervals that a view of a window counts. */
function counted(of: NaiveCase, { first, last }: NaiveDays, view: View): DatedRow[] {
  const claims = of.exclusions.filter(({ targets, state }) => {
    const isAbout = targets === "all" || targets.includes(of.target.id);
    return isAbout && (view === "all" || (view === "adjusted" && state === "accepted"));
  });
  const within = of.rows.filter((row) => row.day >= first && row.day <= last && isCounted(of, row));
  const kept = within.filter(({ startMs }) => !claims.some(({ fromMs, toMs }) => startMs >= fromMs && startMs < toMs));
  const leftOut = new Set([...new Set(kept.map(({ day }) => day))].filter((day) => view !== "recomputed" && bandOn(of, day).isLeftOut));
  return kept.filter(({ day }) => !leftOut.has(day));
}

/** An interval that lacks a needed count is left out whole. */
function sumOf(measure: Target["measure"], rows: readonly NaiveRow[]): Rational {
  let [num, den] = [0n, 0n];
  for (const { counts } of rows) {
    if (measure.metric === "service-level" && counts.within === null) continue;
    den += BigInt(measure.metric === "aht" ? counts.answered : counts.answered + counts.abandoned);
    num += BigInt(measure.metric === "aht" ? counts.handleMs : measure.metric === "abandonment" ? counts.abandoned : (counts.within ?? 0));
  }
  return [num, den];
}

/** What is added up: days, or the days or intervals with contacts that reach the level. */
function piecesOf(of: NaiveCase, rows: readonly DatedRow[]): Piece[] {
  const { aggregation, measure } = of.target;
  const lengthMs = aggregation.by === "intervals-met" ? (aggregation.minutes ?? 15) * 60_000 : Infinity;
  const keyOf = (row: DatedRow) => `${row.day}.${Math.floor((row.startMs - startOf(of, row.day)) / lengthMs)}`;
  return [...Map.groupBy(rows, keyOf)].flatMap(([key, own]): Piece[] => {
    const [day, sum] = [key.slice(0, 10), sumOf(measure, own)];
    if (!("level" in aggregation)) return [[day, ...sum]];
    const distance = minus(sum, level(aggregation.level));
    const isReached = measure.metric === "service-level" ? distance >= 0n : distance <= 0n;
    return sum[1] === 0n ? [] : [[day, isReached ? 1n : 0n, 1n]];
  });
}

const total = (some: readonly Piece[]): Rational => some.reduce<Rational>(([a, b], [, num, den]) => [a + num, b + den], [0n, 0n]);

/** The mean of the days' levels, by what each day has in the denominator, to twelve decimals; `null` unless each day that counts has one. */
function levelOf(of: NaiveCase, pieces: readonly Piece[], which: "expected" | "minimum", view: View): Rational | null {
  const { agreement, target } = of;
  const weighing = pieces.filter(([, , den]) => den > 0n);
  const daily = weighing.flatMap(([day, , den]): Piece[] => {
    const goLive = Temporal.PlainDate.from(agreement.ramp?.goLive ?? day);
    const week = Math.floor(goLive.until(day).days / 7) + 1;
    const step = target.ramp?.find(({ fromWeek, toWeek }) => fromWeek <= week && week <= toWeek);
    const text = step?.[which] ?? target[which];
    if (text === undefined) return [];
    const [num, per] = eased(target, level(text), view === "recomputed" ? null : bandOn(of, day).over);
    return [[day, halfUp([num * TRILLION, per]) * den, den]];
  });
  return daily.length < weighing.length ? null : [halfUp(total(daily)), TRILLION];
}

/** Whether a figure, rounded first where that is agreed, is on the wrong side of a level. */
function isWrong({ target }: NaiveCase, figure: Rational, limit: Rational, side = target.direction): boolean {
  const { rounding } = target;
  const isTime = target.measure.metric === "aht" && !("level" in target.aggregation);
  const scale: Rational = [10n ** BigInt(rounding?.dp ?? 0) * (isTime ? 1n : 100n), isTime ? 1000n : 1n];
  const exact: Rational = [figure[0] * scale[0], figure[1] * scale[1]];
  const whole = rounding?.mode === "down" ? exact[0] / exact[1] : halfUp(exact);
  const distance = minus(rounding === undefined ? figure : [whole * scale[1], scale[0]], limit);
  return side === "at-least" ? distance < 0n : distance > 0n;
}

/** Whether there was a figure, and what is left says nothing: no interval with contacts, none that lacks a count. */
function isAllLeftOut(of: NaiveCase, window: NaiveDays, view: View): boolean {
  const lacks = ({ counts }: NaiveRow): boolean => of.target.measure.metric === "service-level" && counts.within === null;
  return total(piecesOf(of, counted(of, window, "recomputed")))[1] > 0n && !counted(of, window, view).some(lacks);
}

/** The days that are judged together: the window's, and those of the window before where its own sample is small and joined to it. */
function judgedDays(of: NaiveCase, kind: string, window: NaiveDays, view: View): NaiveDays {
  const n = total(piecesOf(of, counted(of, window, view)))[1];
  const isJoined = of.target.onLowSample === "join-previous" && n > 0n && n < BigInt(of.target.minimumSample);
  const previous = isJoined ? neighbour(of, kind, window, "before") : null;
  return { first: previous?.first ?? window.first, last: window.last };
}

/** Steps 3 to 10 of "How a verdict is decided". */
function judge(of: NaiveCase, kind: string, window: NaiveDays, view: View): Count {
  const { target } = of;
  const isClosed = startOf(of, window.last, 1) <= of.nowMs;
  const pieces = piecesOf(of, counted(of, judgedDays(of, kind, window, view), view));
  const value = total(pieces);
  if (value[1] === 0n) {
    if (!isMeasured(of, window) || isAllLeftOut(of, window, view)) return { value: null, status: "not-counted", default: null };
    return { value: null, status: "no-data", default: isClosed && target.onNoData === "default" ? "not-measured" : null };
  }
  const isLow = value[1] < BigInt(target.minimumSample);
  if (isLow && target.onLowSample !== "allow-one-miss") return { value, status: "not-proven", default: null };
  const gift = !isLow ? 0n : target.direction === "at-least" ? 1n : -1n;
  const figure: Rational = [value[0] + gift, value[1]];
  const isBeyond = (which: "expected" | "minimum", one: Rational): boolean => {
    const limit = levelOf(of, pieces, which, view);
    return limit !== null && isWrong(of, one, limit);
  };
  const isUnderBand = target.notBelow !== undefined && isWrong(of, figure, level(target.notBelow), "at-least");
  if (!isBeyond("expected", figure) && !isUnderBand) return { value, status: "met", default: null };
  return {
    value,
    status: isClosed ? "missed" : "at-risk",
    default: !isClosed ? null : isBeyond("minimum", value) ? "minimum" : "expected",
  };
}

/** The verdict of one window, recomputed from the bare intervals. */
export function naiveVerdict(of: NaiveCase, kind: string, window: NaiveDays): NaiveVerdict {
  const days = judgedDays(of, kind, window, "adjusted");
  const [without, own, all] = (["recomputed", "adjusted", "all"] as const).map((view) => counted(of, days, view).length);
  const isScaled = counted(of, days, "recomputed").some(({ day }) => bandOn(of, day).over !== null);
  return {
    ...judge(of, kind, window, "adjusted"),
    recomputed: without === own && !isScaled ? null : judge(of, kind, window, "recomputed"),
    ifAllAccepted: all === own ? null : judge(of, kind, window, "all"),
  };
}
