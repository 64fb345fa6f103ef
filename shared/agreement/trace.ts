import type { CounterId } from "../metrics/counter.ts";
import type { MeasureUnit } from "../metrics/measure.ts";
import { settlingDays } from "../metrics/settling-days.ts";
import type { Decimal } from "../stats/decimal.ts";
import { compareRatio, type Ratio } from "../stats/ratio.ts";
import { compareDecimal } from "../stats/round.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { Decision } from "./decide.ts";
import type { EvaluationInput } from "./evaluation-input.ts";
import { READ_SHIFT } from "./level.ts";
import { roundSigned } from "./round-signed.ts";
import type { Tally } from "./tally.ts";
import type { OtherCount } from "./verdict.ts";

/** Thousands apart, as a person reads them. By hand, because windows are judged by the thousand. */
function grouped(value: number): string {
  if (value < 0) return `-${grouped(-value)}`;
  let [text, rest] = ["", value];
  while (rest >= 1000) {
    text = `,${String(rest % 1000).padStart(3, "0")}${text}`;
    rest = Math.floor(rest / 1000);
  }
  return `${rest}${text}`;
}

function decimals(mantissa: number, dp: number): string {
  const digits = String(Math.abs(mantissa)).padStart(dp + 1, "0");
  const text = dp === 0 ? digits : `${digits.slice(0, -dp)}.${digits.slice(-dp)}`;
  return mantissa < 0 ? `-${text}` : text;
}

/** Decimals that a figure is shown with, in the unit as read. */
const SHOWN: Record<MeasureUnit, number> = { ratio: 3, duration: 2, score: 3, points: 3, count: 3 };
const SUFFIX: Record<MeasureUnit, string> = { ratio: " %", duration: " s", score: "", points: "", count: "" };

/** Rounded to the nearest, but never from the wrong side onto the agreed level: 79.9996 % against 80 % is shown as 79.999 %. */
function nearest(value: Ratio, dp: number, level: Decimal, direction: "at-least" | "at-most"): number {
  const { mantissa } = roundSigned(value, dp, "half-up");
  const [exact, shown] = [compareRatio(value, level), compareDecimal({ mantissa, dp }, level)];
  if (direction === "at-least") return exact < 0 && shown >= 0 ? mantissa - 1 : mantissa;
  return exact > 0 && shown <= 0 ? mantissa + 1 : mantissa;
}

/** A figure as a person reads it, e.g. `54.381 %` or `180.01 s`. */
function shownFigure(compiled: CompiledTarget, value: Ratio, tally: Tally): string {
  const { unit, notBelow, target } = compiled;
  const isLow = target.direction === "within" && notBelow !== null && compareRatio(value, notBelow) < 0;
  const level = isLow ? notBelow : tally.levels.expected;
  const direction = target.direction === "at-least" || isLow ? "at-least" : "at-most";
  const shift = READ_SHIFT[unit];
  const [read, held] =
    shift < 0
      ? [
          { num: value.num, den: value.den * 10 ** -shift },
          { ...level, dp: level.dp - shift },
        ]
      : [value, level];
  return `${decimals(nearest(read, SHOWN[unit] + Math.max(0, shift), held, direction), SHOWN[unit])}${SUFFIX[unit]}`;
}

/** An exact level as a person reads it, without needless zeros, e.g. `72.857142857143 %`. */
function levelText(level: Decimal, unit: MeasureUnit): string {
  const dp = level.dp - READ_SHIFT[unit];
  const text = dp <= 0 ? String(level.mantissa * 10 ** -dp) : decimals(level.mantissa, dp).replace(/\.?0+$/u, "");
  return `${text}${SUFFIX[unit]}`;
}

function agreed(compiled: CompiledTarget, tally: Tally): string {
  const { target, unit } = compiled;
  const expected = tally.asWritten ? target.expected : levelText(tally.levels.expected, unit);
  if (target.direction === "within") return `agreed ${target.notBelow ?? "up"} to ${expected}`;
  return `agreed ${target.direction === "at-least" ? "at least" : "at most"} ${expected}`;
}

function windowLine({ agreement, window, says }: EvaluationInput): string {
  const part = window.part ? ", the part that this version governs" : "";
  return `Version ${agreement.version}; ${window.kind} from ${window.start} in ${agreement.timeZone}, ${says}${part}${window.open ? ", still open" : ""}.`;
}

/** Said where a small sample is joined to the window before. */
export const JOINED = "The sample alone is too small, so the window before is judged together with it.";

function intervals(count: number): string {
  return count === 1 ? "1 interval" : `${grouped(count)} intervals`;
}

function intervalLines(compiled: CompiledTarget, { sums, joined }: Tally): string[] {
  const queues = compiled.target.queues === "all" ? "all queues" : compiled.target.queues.join(", ");
  const lines = [`${intervals(sums.intervals)} of feed ${compiled.target.feed} (${queues}) counted.`];
  if (joined) lines.push(JOINED);
  if (sums.outside > 0) lines.push(`${intervals(sums.outside)} not counted: outside the measured hours.`);
  if (sums.incomplete > 0) lines.push(`${intervals(sums.incomplete)} not counted: a count that the formula needs is missing.`);
  if (sums.excluded > 0) lines.push(`${intervals(sums.excluded)} not counted: left out by accepted claims or the volume band.`);
  return lines;
}

function aggregationLine({ target, formula }: CompiledTarget): string[] {
  const { aggregation } = target;
  switch (aggregation.by) {
    case "ratio-of-sums":
      return [];
    case "intervals-met":
      return [`Counted: the share of intervals with contacts that reach ${aggregation.level}.`];
    case "days-met":
      return [`Counted: the share of days with contacts that reach ${aggregation.level}.`];
    case "mean-of-days":
      return [
        `Counted: the mean of the daily figures, each rounded half up to ${aggregation.dp} decimals${formula.unit === "ratio" ? " of a percent" : ""}.`,
      ];
  }
}

function figureLines(compiled: CompiledTarget, tally: Tally): string[] {
  const { value, sums } = tally;
  const formula = `Formula: ${compiled.formula.says}.`;
  if (compiled.lacks !== null || value === null) return [formula];
  const total = (counter: CounterId, i: number): string => `${counter} ${grouped(sums.totals[i] ?? 0)}`;
  const lines = [
    formula,
    `Sums: ${compiled.counters.map(total).join(", ")}.`,
    ...aggregationLine(compiled),
    `${grouped(value.num)} ÷ ${grouped(value.den)} = ${shownFigure(compiled, value, tally)}; ${agreed(compiled, tally)}.`,
  ];
  const { rounding, minimumSample, measure } = compiled.target;
  const settling = settlingDays(measure);
  if (settling > 0) lines.push(`Each day is provisional until ${settling} days after it: what it counts may still happen.`);
  if (!tally.asWritten && levelText(tally.levels.expected, compiled.unit) !== levelText(compiled.expected, compiled.unit))
    lines.push(`Level of this window by week since go-live and volume; as written it is ${compiled.target.expected}.`);
  if (rounding !== undefined)
    lines.push(`Rounded ${rounding.mode === "down" ? "down" : "half up"} to ${rounding.dp} decimals before comparing, as agreed.`);
  if (minimumSample > 0) lines.push(`Sample ${grouped(tally.n)} of at least ${grouped(minimumSample)}.`);
  return lines;
}

interface Others {
  readonly recomputed: OtherCount | null;
  readonly ifAllAccepted: OtherCount | null;
}

function otherLine(says: string, { compiled }: EvaluationInput, tally: Tally | null, count: OtherCount | null): string[] {
  if (tally === null || count === null) return [];
  const figure =
    tally.value === null
      ? "no figure"
      : `${grouped(tally.value.num)} ÷ ${grouped(tally.value.den)} = ${shownFigure(compiled, tally.value, tally)}`;
  return [`${says}: ${figure}, ${count.status}.`];
}

/** How a verdict came about, one line per step, readable without the program. */
export function traceOf(input: EvaluationInput, decision: Decision, others: Others): string[] {
  const { compiled, adjusted } = input;
  return [
    windowLine(input),
    ...(compiled.lacks === null ? intervalLines(compiled, adjusted) : []),
    ...input.notes,
    ...figureLines(compiled, adjusted),
    ...otherLine("As recomputed, with nothing left out", input, input.recomputed, others.recomputed),
    ...otherLine("If all open claims were accepted", input, input.ifAllAccepted, others.ifAllAccepted),
    `${decision.status}: ${decision.reason}`,
  ];
}
