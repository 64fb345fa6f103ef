import { figureText } from "../../../shared/drift/cause-words.ts";
import type { Detector, DriftView } from "../../../shared/drift/drift-view.ts";
import { addDays, daysBetween } from "../../../shared/calendar/day.ts";
import { countWords } from "../../live/count-words.ts";
import { dayWords } from "../../ui/zone-time.ts";
import { ownBudgetWords, rangeWords, sampleWords } from "./drift-words.ts";

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly why: string;
}

const DETECTORS: Readonly<Record<Detector, { readonly name: string; readonly why: string }>> = {
  bank: { name: "Three CUSUM charts", why: "small deviations that add up, for small, middle and large moves" },
  "e-detector": { name: "Betting (e-detector)", why: "odds against “nothing has moved”, for few or bounded figures" },
  gross: { name: "One day far outside", why: "a single day that chance would hardly make" },
  events: { name: "CUSUM of single events", why: "few events on much exposure" },
};

export function detectorName(by: Detector): string {
  return DETECTORS[by].name;
}

/** Days from one day to a later one; none from a day to itself. */
export function delayDays(onset: string, raisedOn: string): number {
  return raisedOn <= onset ? 0 : daysBetween(onset, addDays(raisedOn, -1)).length;
}

/** How much more days differ than chance alone makes them, in plain words. */
export function dispersionWords(dispersion: number): string {
  if (dispersion < 1.15) return "as chance makes them";
  return `${dispersion.toFixed(1)} times as much as by chance`;
}

/** What one day says of the next, in plain words. */
export function correlationWords(correlation: number): string {
  if (Math.abs(correlation) < 0.1) return "nothing to speak of";
  const strength = Math.abs(correlation) < 0.3 ? "a little" : "a lot";
  return correlation > 0 ? `${strength}: high days follow high days` : `${strength}: low days follow high days`;
}

/** How long before the contract would be missed it was found. */
function leadOf({ leads }: DriftView, raisedOn: string): Fact[] {
  const missedOn = leads?.missedOn ?? null;
  if (missedOn === null || missedOn < raisedOn) return [];
  const value = countWords(delayDays(raisedOn, missedOn), "day");
  return [{ name: "Lead over the contract", value, why: `from the alarm to ${dayWords(missedOn)}, when the first window would be missed` }];
}

function found(view: DriftView): Fact[] {
  const { drift, points } = view;
  if (drift === null) return [];
  const { onset, raisedOn, by } = drift;
  const figures = points.filter(({ day, counted }) => counted && day >= onset.day && day <= raisedOn).length;
  return [
    {
      name: "Onset, most likely",
      value: dayWords(onset.day),
      why: onset.from === onset.to ? "no other day fits at 90 %" : `90 % range ${rangeWords(onset.from, onset.to)}`,
    },
    { name: "Alarm", value: dayWords(raisedOn), why: "the day whose figures crossed the threshold" },
    {
      name: "Delay",
      value: countWords(delayDays(onset.day, raisedOn), "day"),
      why: `${countWords(figures, "day")} with figures from onset to alarm`,
    },
    ...leadOf(view, raisedOn),
    { name: "Detector", value: DETECTORS[by].name, why: DETECTORS[by].why },
  ];
}

function usual({ baseline, unit }: DriftView, noun: string | null): Fact[] {
  if (baseline === null) return [];
  const { from, to, subgroups, n, level, dispersion, autocorrelation } = baseline;
  return [
    {
      name: "Baseline",
      value: figureText(level, unit),
      why: `${rangeWords(from, to)}: ${[countWords(subgroups, "day"), sampleWords(n, noun) ?? []].flat().join(", ")}`,
    },
    { name: "Days differ", value: dispersionWords(dispersion), why: `sigma-z ${dispersion.toFixed(2)}; 1 is chance alone` },
    {
      name: "A day tells the next",
      value: correlationWords(autocorrelation),
      why: `autocorrelation ${autocorrelation.toFixed(2).replace("-", "−")}`,
    },
  ];
}

/** How it was found, or what it is held against: names, values and what they rest on. */
export function detectionFacts(view: DriftView, noun: string | null): readonly Fact[] {
  if (view.state === "unusable") return [];
  const { allowed, seen } = ownBudgetWords(view.budget);
  const budget = view.budget.runLength > 0 ? [{ name: "False alarms allowed", value: allowed, why: seen }] : [];
  return [...found(view), ...budget, ...usual(view, noun)];
}
