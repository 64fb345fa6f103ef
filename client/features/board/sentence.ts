import type { Verdict, VerdictStatus } from "../../../shared/agreement/verdict.ts";
import { formatFigure, formatLevel } from "../../../shared/metrics/format.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { bothClocks, monthWords } from "../../ui/zone-time.ts";
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
  parts.push(plain(`${metWords(rows)} `), ...exceptionParts(rows));
  if (completeToMs === null) return [...parts, plain("No data yet.")];
  return [...parts, plain("Data complete to "), { text: `${bothClocks(timeZone, completeToMs, nowMs, viewerZone)}.`, tone: "whole" }];
}

function metWords(rows: readonly BoardRow[]): string {
  const counted = rows.filter((row) => row.verdict?.status !== "not-counted");
  const met = counted.filter((row) => row.verdict?.status === "met").length;
  const when = periodOf(rows.flatMap((row) => row.verdict?.window ?? []));
  if (met === counted.length && met > 1) return `all ${met} targets met${when}.`;
  return `${met} of ${counted.length} ${counted.length === 1 ? "target" : "targets"} met${when}.`;
}

/** Targets held to single days beside others held to the month have no period in common. */
function periodOf(windows: readonly Verdict["window"][]): string {
  const [first] = windows;
  if (first === undefined) return "";
  return windows.some(({ kind }) => kind !== first.kind) ? " so far" : ` ${periodWords(first)}`;
}

function periodWords(window: Verdict["window"]): string {
  if (window.kind === "day") return window.open ? "today" : `on ${window.start}`;
  return window.open ? "this month" : `in ${monthWords(window.start)} ${window.start.slice(0, 4)}`;
}

function exceptionParts(rows: readonly BoardRow[]): readonly Part[] {
  const bad = rows.filter((row) => row.verdict !== null && row.verdict.status !== "met" && row.verdict.status !== "not-counted");
  const named = bad.slice(0, NAMED).flatMap((row) => (row.verdict === null ? [] : exception(row.target.name, row.verdict)));
  const rest = bad.length - NAMED;
  if (rest > 0) named.push(plain(`${rest} more ${rest === 1 ? "needs" : "need"} a look. `));
  const today = rows.find((row) => row.verdict?.status === "met" && row.verdict.window.kind === "month" && isBad(row.today));
  if (today?.today !== undefined && today.today !== null && bad.length < NAMED)
    named.push(plain("Today "), ...exception(today.target.name, today.today));
  return named;
}

function isBad(verdict: Verdict | null): boolean {
  return verdict !== null && (verdict.status === "at-risk" || verdict.status === "missed");
}

function exception(name: string, verdict: Verdict): Part[] {
  const words = wordsOf(verdict.status);
  const says: Part[] = [strong(`${name} `), { text: words.says, tone: verdict.status }];
  const figure = formatFigure(verdict);
  switch (verdict.status) {
    case "missed":
    case "at-risk":
      return [...says, plain(" ("), strong(figure), plain(` against ${formatLevel(verdict.expected, verdict.unit)}). `)];
    case "not-proven":
      return [...says, plain(verdict.needed === null ? ". " : ` (${verdict.needed} more decide it). `)];
    default:
      return [...says, plain(". ")];
  }
}

/** The same sentence as text. */
export function sentenceText(parts: readonly Part[]): string {
  return parts.map((part) => part.text).join("");
}
