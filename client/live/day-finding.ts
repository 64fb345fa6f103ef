import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { DaySeries, TargetView } from "../../shared/protocol/live.ts";
import { dayWords } from "../ui/zone-time.ts";
import { type DayChart, intervalWords } from "./day-chart.ts";
import { figureWords, isLiveFigure } from "./live-figure.ts";

/** The two sides of what was agreed, the bad one first. */
const SIDES = {
  "at-least": { bad: "Below", good: "Above" },
  "at-most": { bad: "Above", good: "Below" },
  within: { bad: "Outside", good: "Inside" },
} as const satisfies Record<TargetView["direction"], { bad: string; good: string }>;

/** What the words of a chart and its table are for a target. */
export function chartWords(target: TargetView): { value: string; sum: string; n: string; bad: string; good: string } {
  const counted = target.unit === "duration" ? "Total time" : target.unit === "score" ? "Points" : "Numerator";
  return { value: target.name, sum: counted, n: "n", ...SIDES[target.direction] };
}

/** The finding of a day in one sentence, e.g. "79.0 % so far; 8 of 17 half hours below." */
export function dayFinding(chart: DayChart, series: DaySeries, target: TargetView, verdict: Verdict | null): string {
  if (chart.counted === 0) return "No interval of the day has data yet.";
  const side = SIDES[target.direction].bad.toLowerCase();
  const spans = intervalWords(series.intervalMs);
  const figure = verdict !== null && verdict.window.start === series.day ? `${dayFigure(verdict)}; ` : "";
  const count =
    chart.breached === 0 ? `none of ${chart.counted} ${spans} ${side}` : `${chart.breached} of ${chart.counted} ${spans} ${side}`;
  return `${figure}${count} the target.`;
}

function dayFigure(verdict: Verdict): string {
  const words = figureWords(verdict);
  if (words === "—") return "No figure";
  if (!isLiveFigure(verdict)) return `It ${words}`;
  return verdict.window.open ? `${words} so far` : words;
}

/** "today" for the open day, otherwise its date. */
export function dayName(series: DaySeries, nowMs: number): string {
  if (nowMs >= series.fromMs && nowMs < series.toMs) return "today";
  return `${dayWords(series.day)} ${series.day.slice(0, 4)}`;
}

/** The same where a sentence starts. */
export function dayTitle(series: DaySeries, nowMs: number): string {
  const name = dayName(series, nowMs);
  return name === "today" ? "Today" : name;
}
