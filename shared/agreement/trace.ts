import type { CounterId } from "../metrics/counter.ts";
import type { Ratio } from "../stats/ratio.ts";
import { roundRatio } from "../stats/round.ts";
import type { EvaluationInput } from "./evaluate.ts";
import type { VerdictStatus } from "./verdict.ts";

const THOUSANDS = /\B(?=(?:\d{3})+(?!\d))/gu;

function grouped(value: number): string {
  return String(value).replace(THOUSANDS, ",");
}

function decimals(mantissa: number, dp: number): string {
  const digits = String(mantissa).padStart(dp + 1, "0");
  return dp === 0 ? digits : `${digits.slice(0, -dp)}.${digits.slice(-dp)}`;
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
    if (rounding !== undefined) lines.push(`Rounded ${rounding.mode === "down" ? "down" : "half up"} to ${rounding.dp} decimals before comparing, as agreed.`);
    if (minimumSample > 0) lines.push(`Sample ${grouped(this.value.den)} of at least ${grouped(minimumSample)}.`);
    return lines;
  }

  private shown(value: Ratio): string {
    switch (this.input.compiled.formula.unit) {
      case "ratio":
        return `${decimals(roundRatio({ num: value.num * 100, den: value.den }, 3, "half-up").mantissa, 3)} %`;
      case "duration":
        return `${decimals(roundRatio({ num: value.num, den: value.den * 1000 }, 2, "half-up").mantissa, 2)} s`;
      case "score":
        return decimals(roundRatio(value, 3, "half-up").mantissa, 3);
    }
  }
}
