import type { Verdict, VerdictStatus } from "../../../shared/agreement/verdict.ts";
import type { Outlook } from "../../../shared/outlook/outlook.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import { formatExpected, formatFigure, formatLevel } from "../../../shared/metrics/format.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { amountWords } from "../../live/amount-words.ts";
import { neededWords } from "../../live/outlook-words.ts";
import { periodWords } from "../../live/window-words.ts";
import { bothClocks } from "../../ui/zone-time.ts";
import type { BoardRow } from "./board-rows.ts";

/** A piece of the sentence and how it stands out. */
export interface Part {
  readonly text: string;
  readonly tone: "plain" | "strong" | "whole" | VerdictStatus;
}

interface SentenceInput {
  readonly name: string;
  readonly timeZone: string;
  readonly rows: readonly BoardRow[];
  readonly completeToMs: number | null;
  readonly nowMs: number;
  readonly viewerZone: string;
}

/** More exceptions than this and the sentence is no longer read in five seconds; the table shows all of them. */
const NAMED = 2;

const plain = (text: string): Part => ({ text, tone: "plain" });
const strong = (text: string): Part => ({ text, tone: "strong" });

/** The verdict on an agreement in one sentence: how many targets are met, what is wrong and by how much, and up to when. */
export function verdictSentence(input: SentenceInput): readonly Part[] {
  const { name, rows, timeZone, completeToMs, nowMs, viewerZone } = input;
  const parts: Part[] = [strong(`${name}:`), plain(" ")];
  if (rows.every((row) => row.verdict === null)) return [...parts, plain("no verdict yet; its feeds have not handed in any data.")];
  parts.push(plain(`${metWords(rows, timeZone)} `), ...exceptionParts(rows), ...stakeParts(rows));
  if (completeToMs === null) return [...parts, plain("No data yet.")];
  return [...parts, plain("Data complete to "), { text: `${bothClocks(timeZone, completeToMs, nowMs, viewerZone)}.`, tone: "whole" }];
}

function metWords(rows: readonly BoardRow[], zone: string): string {
  const counted = rows.filter((row) => row.verdict?.status !== "not-counted");
  const met = counted.filter((row) => row.verdict?.status === "met").length;
  const when = periodOf(
    rows.flatMap((row) => row.verdict ?? []),
    zone,
  );
  if (met === counted.length && met > 1) return `all ${met} targets met${when}.`;
  return `${met} of ${counted.length} ${counted.length === 1 ? "target" : "targets"} met${when}.`;
}

/** Targets held to single days beside others held to the month have no period in common. */
function periodOf(verdicts: readonly Verdict[], zone: string): string {
  const [first] = verdicts;
  if (first === undefined) return "";
  return verdicts.some(({ window }) => window.kind !== first.window.kind) ? " so far" : ` ${periodWords(first, zone)}`;
}

/** What the targets on the wrong side of their open window would cost together. */
function stakeParts(rows: readonly BoardRow[]): readonly Part[] {
  const credits = rows.flatMap(({ verdict, outlook }) => (isBad(verdict) ? (outlook?.credit ?? []) : []));
  const total = credits.reduce((sum, { atStake }) => sum + atStake, 0);
  const currency = credits[0]?.currency;
  if (currency === undefined || total === 0) return [];
  return [plain("At stake: "), strong(amountWords(total, currency)), plain(". ")];
}

function exceptionParts(rows: readonly BoardRow[]): readonly Part[] {
  const bad = rows.filter((row) => row.verdict !== null && row.verdict.status !== "met" && row.verdict.status !== "not-counted");
  const named = bad.slice(0, NAMED).flatMap((row) => (row.verdict === null ? [] : exception(row, row.verdict)));
  const rest = bad.length - NAMED;
  if (rest > 0) named.push(plain(`${rest} more ${rest === 1 ? "needs" : "need"} a look. `));
  const today = rows.find((row) => row.verdict?.status === "met" && row.verdict.window.kind !== "day" && isBad(row.today));
  if (today?.today !== undefined && today.today !== null && bad.length < NAMED)
    named.push(plain("Today "), ...exception({ ...today, outlook: null }, today.today));
  return named;
}

function isBad(verdict: Verdict | null): boolean {
  return verdict !== null && (verdict.status === "at-risk" || verdict.status === "missed");
}

function exception({ target, outlook }: BoardRow, verdict: Verdict): Part[] {
  const words = wordsOf(verdict.status);
  const says: Part[] = [strong(`${target.name} `), { text: words.says, tone: verdict.status }];
  const figure = formatFigure(verdict);
  switch (verdict.status) {
    case "missed":
    case "at-risk":
      return [...says, plain(" ("), strong(figure), plain(` against ${levelWords(verdict)})${restWords(target, outlook)}. `)];
    case "not-proven":
      return [...says, plain(verdict.needed === null ? ". " : ` (${verdict.needed} more decide it). `)];
    default:
      return [...says, plain(". ")];
  }
}

/** What was agreed, of a band both ends. */
function levelWords(verdict: Verdict): string {
  const { direction, notBelow, expected, unit } = verdict;
  return direction === "within" && notBelow !== null ? formatExpected(verdict) : formatLevel(expected, unit);
}

function restWords(target: TargetView, outlook: Outlook | null): string {
  if (outlook === null) return "";
  if (outlook.reach === "lost") return ", which can no longer be mended";
  const needed = neededWords(outlook, target)?.replace("≤\u00a0", "at most ") ?? null;
  return needed === null ? "" : `, needs ${needed} on the rest`;
}

/** The same sentence as text. */
export function sentenceText(parts: readonly Part[]): string {
  return parts.map((part) => part.text).join("");
}
