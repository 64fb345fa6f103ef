import type { CounterId } from "../metrics/counter.ts";
import type { Decimal } from "../stats/decimal.ts";
import { compareRatio, type Ratio } from "../stats/ratio.ts";
import { compareDecimal, roundRatio } from "../stats/round.ts";
import type { EvaluationInput } from "./evaluation-input.ts";
import type { VerdictStatus } from "./verdict.ts";

const THOUSANDS = /\B(?=(?:\d{3})+(?!\d))/gu;

function grouped(value: number): string {
  return String(value).replace(THOUSANDS, ",");
}

function decimals(mantissa: number, dp: number): string {
  const digits = String(mantissa).padStart(dp + 1, "0");
  return dp === 0 ? digits : `${digits.slice(0, -dp)}.${digits.slice(-dp)}`;
}

interface Level extends Decimal {
  readonly direction: "at-least" | "at-most";
}

/** Rounded to the nearest, but never from the wrong side onto the agreed level: 79.9996 % against 80 % is shown as 79.999 %. */
function nearest(value: Ratio, dp: number, level: Level): number {
  const { mantissa } = roundRatio(value, dp, "half-up");
  const [exact, shown] = [compareRatio(value, level), compareDecimal({ mantissa, dp }, level)];
  if (level.direction === "at-least") return exact < 0 && shown >= 0 ? mantissa - 1 : mantissa;
  return exact > 0 && shown <= 0 ? mantissa + 1 : mantissa;
}

/** How a verdict came about, one line per step, readable without the program. */
export class Trace {
  private readonly input: EvaluationInput;
  private readonly value: Ratio | null;

  constructor(input: EvaluationInput, value: Ratio | null) {
    this.input = input;
    this.value = value;
  }

  lines(decision: { status: VerdictStatus; reason: string }): string[] {
    return [this.window(), ...this.intervals(), ...this.figure(), `${decision.status}: ${decision.reason}`];
  }

  private window(): string {
    const { agreement, window } = this.input;
    const iso = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
    return `Version ${agreement.version}; ${window.kind} from ${window.start} in ${agreement.timeZone}, ${iso(window.fromMs)} to ${iso(window.toMs)}${window.open ? ", still open" : ""}.`;
  }

  private intervals(): string[] {
    const { sums, compiled } = this.input;
    if (compiled.lacks !== null) return [];
    const queues = compiled.target.queues === "all" ? "all queues" : compiled.target.queues.join(", ");
    const lines = [`${grouped(sums.intervals)} intervals of feed ${compiled.target.feed} (${queues}) counted.`];
    if (sums.outside > 0) lines.push(`${grouped(sums.outside)} intervals not counted: outside the measured hours.`);
    if (sums.incomplete > 0) lines.push(`${grouped(sums.incomplete)} intervals not counted: a count that the formula needs is missing.`);
    return lines;
  }

  private figure(): string[] {
    const { compiled, sums } = this.input;
    if (compiled.lacks !== null || this.value === null) return [`Formula: ${compiled.formula.says}.`];
    const total = (counter: CounterId, i: number): string => `${counter} ${grouped(sums.totals[i] ?? 0)}`;
    const lines = [
      `Formula: ${compiled.formula.says}.`,
      `Sums: ${compiled.counters.map(total).join(", ")}.`,
      `${grouped(this.value.num)} ÷ ${grouped(this.value.den)} = ${this.shown(this.value)}; agreed ${compiled.target.direction === "at-least" ? "at least" : "at most"} ${compiled.target.expected}.`,
    ];
    const { rounding, minimumSample } = compiled.target;
    if (rounding !== undefined)
      lines.push(`Rounded ${rounding.mode === "down" ? "down" : "half up"} to ${rounding.dp} decimals before comparing, as agreed.`);
    if (minimumSample > 0) lines.push(`Sample ${grouped(this.value.den)} of at least ${grouped(minimumSample)}.`);
    return lines;
  }

  private shown(value: Ratio): string {
    const { formula, expected, target } = this.input.compiled;
    const level: Level = { ...expected, direction: target.direction };
    switch (formula.unit) {
      case "ratio":
        return `${decimals(nearest(value, 5, level), 3)} %`;
      case "duration": {
        const seconds = { num: value.num, den: value.den * 1000 };
        return `${decimals(nearest(seconds, 2, { ...level, dp: level.dp + 3 }), 2)} s`;
      }
      case "score":
        return decimals(nearest(value, 3, level), 3);
    }
  }
}
