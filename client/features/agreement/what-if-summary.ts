import type { VerdictStatus } from "../../../shared/agreement/verdict.ts";
import type { WhatIf, WhatIfRow } from "../../../shared/protocol/compare.ts";
import { countWords } from "../../live/count-words.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { listWords } from "./clause-words.ts";

export interface WhatIfSummary {
  /** Windows that would be judged otherwise, the latest first; single days apart from the longer ones. */
  readonly changed: readonly WhatIfRow[];
  readonly changedDays: readonly WhatIfRow[];
  /** How many longer windows were compared in all. */
  readonly compared: number;
  /** The finding about verdicts, in one sentence or two. */
  readonly says: string;
  readonly now: number;
  readonly draft: number;
}

function windowOf(row: WhatIfRow) {
  return (row.draft ?? row.now)?.window ?? null;
}

/** What a draft would have changed, counted and in words. */
export function whatIfSummary(whatIf: WhatIf, months: number): WhatIfSummary {
  const changes = whatIf.rows.filter((row) => row.now?.status !== row.draft?.status);
  const inOrder = changes.toSorted((a, b) => (windowOf(b)?.fromMs ?? 0) - (windowOf(a)?.fromMs ?? 0) || (a.name < b.name ? -1 : 1));
  const isDay = (row: WhatIfRow) => windowOf(row)?.kind === "day";
  const changed = inOrder.filter((row) => !isDay(row));
  const compared = whatIf.rows.filter((row) => !isDay(row)).length;
  const sum = (side: "now" | "draft") => whatIf.credits.reduce((total, credit) => total + credit[side], 0);
  const says = findingOf(changed, compared, months);
  return { changed, changedDays: inOrder.filter(isDay), compared, says, now: sum("now"), draft: sum("draft") };
}

function findingOf(changed: readonly WhatIfRow[], compared: number, months: number): string {
  if (compared === 0) return `There are no verdicts of the last ${months} months to compare.`;
  if (changed.length === 0) return `None of the ${countWords(compared, "verdict")} of the last ${months} months would be different.`;
  const moves = new Map<string, number>();
  for (const { now, draft } of changed) {
    const move = `from ${statusWord(now?.status)} to ${statusWord(draft?.status)}`;
    moves.set(move, (moves.get(move) ?? 0) + 1);
  }
  const words = [...moves].toSorted(([, a], [, b]) => b - a).map(([move, count]) => `${count} ${move}`);
  return `${changed.length} of ${countWords(compared, "verdict")} of the last ${months} months would be different: ${listWords(words)}.`;
}

/** A status as it stands in the middle of a sentence; `undefined` where a side has no such target or window. */
export function statusWord(status: VerdictStatus | undefined): string {
  return status === undefined ? "not agreed" : wordsOf(status).word.toLowerCase();
}
