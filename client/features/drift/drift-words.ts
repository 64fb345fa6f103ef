import type { AlertSeverity } from "../../../shared/agreement/alert-clauses.ts";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { amountText, figureText } from "../../../shared/drift/cause-words.ts";
import type { DriftLine, DriftList } from "../../../shared/drift/drift-line.ts";
import type { DriftView, FoundDrift } from "../../../shared/drift/drift-view.ts";
import { formatCount, formatExpected, formatFigure } from "../../../shared/metrics/format.ts";
import { chanceWords } from "../../live/outlook-words.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { startedName } from "../../live/window-words.ts";
import type { MarkKind } from "../../ui/status/mark.tsx";
import { dayWords, monthWords } from "../../ui/zone-time.ts";

const NBSP = "\u00a0";
/** A drift is as severe as a miss of the open window is likely, where no alert says how severe the agreement finds it. */
const GRAVE = 0.9;

type Known = Pick<DriftView, "state" | "unit" | "drift" | "baseline" | "leads">;

/**
 * What stands beside a target's name: a shape and a word.
 *
 * @param severity of its standing alert, `null` without one.
 */
export function stateWords(
  { state, drift, leads }: Known,
  severity: AlertSeverity | null,
): { readonly mark: MarkKind; readonly word: string } {
  switch (state) {
    case "drifting": {
      if (drift?.worse === false) return { mark: "met", word: "Better" };
      const isGrave = severity === null ? (leads?.missProbability ?? 0) >= GRAVE : severity === "critical";
      return { mark: isGrave ? "missed" : "risk", word: "Drifting" };
    }
    case "steady":
      return { mark: "met", word: "Steady" };
    case "learning":
      return { mark: "unproven", word: "Learning" };
    case "unusable":
      return { mark: "notcounted", word: "Not watched" };
  }
}

/** `26 August`, with the year where it is not the one of `today`. */
function longDay(day: string, today: string): string {
  const words = `${Number(day.slice(8))} ${monthWords(day)}`;
  return day.slice(0, 4) === today.slice(0, 4) ? words : `${words} ${day.slice(0, 4)}`;
}

/** `24 to 28 Aug`, `28 Aug to 2 Sep`, or the one day. */
export function rangeWords(from: string, to: string): string {
  if (from === to) return dayWords(from);
  return from.slice(0, 7) === to.slice(0, 7) ? `${Number(from.slice(8))} to ${dayWords(to)}` : `${dayWords(from)} to ${dayWords(to)}`;
}

function signed(amount: number, unit: DriftView["unit"]): string {
  const text = amountText(amount, unit);
  return /[1-9]/u.test(text) ? `${amount < 0 ? "−" : "+"}${text}` : text;
}

/** `+2.5 pp`; 90 % limits: `+1.9 pp to +3.1 pp`. */
export function changeWords({ size }: Pick<FoundDrift, "size">, unit: DriftView["unit"]): { readonly by: string; readonly range: string } {
  return { by: signed(size.estimate, unit), range: `${signed(size.low, unit)} to ${signed(size.high, unit)}` };
}

/** An amount of a part with its sign. */
export const signedAmount = signed;

function movedWords({ direction, now, onset, size }: FoundDrift, { unit, baseline }: Known, today: string): string {
  const was = figureText(baseline?.level ?? now.value - size.estimate, unit);
  const is = figureText(now.value, unit);
  const moved = direction === "up" ? "risen" : "fallen";
  const far = was === is ? `by ${amountText(size.estimate, unit)} to ${is}` : `from ${was} to ${is}`;
  return `has ${moved} ${far} since about ${longDay(onset.day, today)}`;
}

/** The heading of a target: what watching it has found. */
export function driftFinding(name: string, view: Known, today: string): string {
  const { state, drift, baseline, unit } = view;
  switch (state) {
    case "drifting":
      return drift === null ? `${name} has moved` : `${name} ${movedWords(drift, view, today)}`;
    case "steady":
      return baseline === null ? `${name} is steady` : `${name} is steady at ${figureText(baseline.level, unit)}`;
    case "learning":
      return `What is usual for ${name} is not known yet`;
    case "unusable":
      return `${name} cannot be watched for drift`;
  }
}

/** Where the contract stands, whatever the drift: `is still met`, and with which figure. */
export function contractWords(verdict: Verdict | null): { readonly says: string; readonly with: string } | null {
  if (verdict === null) return null;
  const says = verdict.status === "met" ? "is still met" : wordsOf(verdict.status).says.replace(/^missed$/u, "is missed");
  const agreed = formatExpected(verdict);
  const figure = formatFigure(verdict);
  const ofWindow = startedName(verdict.window);
  return { says, with: figure === "—" ? `agreed ${agreed}` : `${figure} in ${ofWindow} against ${agreed}` };
}

/** Where it leads if it goes on; `null` where nothing can be said. */
export function leadsWords({ leads }: Pick<DriftView, "leads">): string | null {
  if (leads === null) return null;
  const { missedOn, missProbability } = leads;
  const chance = missProbability === null ? null : `the open window is missed with a chance of ${chanceWords(missProbability)}`;
  if (missedOn === null) return chance === null ? null : `By the outlook ${chance}.`;
  const end = `If it goes on like this, the target is missed with the window that ends on ${dayWords(missedOn)}`;
  return chance === null ? `${end}.` : `${end}; by the outlook ${chance}.`;
}

/** What else may stand behind it, as a sentence; evaluators who have moved are told by the cause already. */
export function besidesWords({ besides }: Pick<DriftView, "besides">): string | null {
  if (besides === null || besides.kind === "evaluators") return null;
  return `${besides.says.slice(0, 1).toUpperCase()}${besides.says.slice(1)}.`;
}

function verb(count: number): string {
  return count === 1 ? "has" : "have";
}

/** The finding above the list: "2 of 4 watched figures have moved, 1 for the worse". */
export function listFinding(lines: readonly Pick<DriftLine, "state" | "drift">[]): string {
  const watched = lines.filter(({ state }) => state === "drifting" || state === "steady");
  if (watched.length === 0) return lines.length === 0 ? "No figure is watched for drift" : "No figure can be watched for drift yet";
  const moved = watched.filter(({ state }) => state === "drifting");
  const worse = moved.filter(({ drift }) => drift?.worse !== false).length;
  const all = `${formatCount(watched.length)} watched ${watched.length === 1 ? "figure" : "figures"}`;
  if (moved.length === 0) return watched.length === 1 ? "The one watched figure is steady" : `None of ${all} has moved`;
  const side = worse === moved.length ? (worse === 1 ? "" : worse === 2 ? ", both" : ", all") : `, ${worse === 0 ? "none" : worse}`;
  return `${formatCount(moved.length)} of ${all} ${verb(moved.length)} moved${side} for the worse`;
}

/** How often a false alarm may come: `1 a month`, `0.5 a month`. */
function toleratedWords(perMonth: number): string {
  return `${String(Number(perMonth.toPrecision(3)))} a month`;
}

/** Promised against seen, in two sentences. */
export function budgetWords({ budget }: Pick<DriftList, "budget">): string {
  const { toleratePerMonth, series, watched, promised, alarms } = budget;
  if (series === 0) return "No figure is watched, so that no false alarm can come.";
  const agreed = `False alarms promised: at most ${toleratedWords(toleratePerMonth)} on average, over ${formatCount(series)} ${series === 1 ? "figure" : "figures"} together.`;
  if (watched === 0) return `${agreed} None has been watched for a day yet.`;
  const count =
    alarms === 0 ? "no alarm came" : alarms === 1 ? "1 alarm came, true or false" : `${alarms} alarms came, true ones among them`;
  const most = promised < 0.05 ? "fewer than 0.1" : `at most ${promised.toFixed(1)}`;
  return `${agreed} In ${formatCount(watched)} days watched, all figures added up, ${most} were to be expected by chance; ${count}.`;
}

/** What one figure is allowed and what came: for the rail of its page. */
export function ownBudgetWords({ runLength, watched, alarms }: DriftView["budget"]): { readonly allowed: string; readonly seen: string } {
  const allowed = runLength > 0 ? `1 in ${formatCount(Math.round(runLength))} days` : "none agreed";
  const count = alarms === 0 ? "no alarm" : alarms === 1 ? "1 alarm" : `${alarms} alarms`;
  return { allowed, seen: watched === 0 ? "no day watched yet" : `${count} in ${formatCount(watched)} days watched, true or false` };
}

/** `900 contacts`; `null` where what stands below the line is nothing that is counted. */
export function sampleWords(n: number, noun: string | null): string | null {
  return noun === null ? null : `${formatCount(Math.round(n))}${NBSP}${noun}`;
}
