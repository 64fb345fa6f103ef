import { diffSequence } from "./diff-sequence.ts";

/** Words in a row that both sentences have, or only this one. Runs joined give the sentence again. */
export interface WordRun {
  readonly text: string;
  readonly isOwn: boolean;
}

/** A word or a mark, with the space behind it. */
const WORD = /(?:[^\s.,;()]+|[.,;()])\s*/gu;

/** Two sentences with the words that only one of them has told apart, so that the eye finds the change. */
export function diffWords(before: string, after: string): { before: WordRun[]; after: WordRun[] } {
  const [a, b] = [before.match(WORD) ?? [], after.match(WORD) ?? []];
  const [old, now]: [WordRun[], WordRun[]] = [[], []];
  let [i, j] = [0, 0];
  for (const step of diffSequence(a.map(trimmed), b.map(trimmed))) {
    if (step !== "added") append(old, a[i] ?? "", step === "removed");
    if (step !== "removed") append(now, b[j] ?? "", step === "added");
    if (step !== "added") i += 1;
    if (step !== "removed") j += 1;
  }
  return { before: old, after: now };
}

function trimmed(word: string): string {
  return word.trimEnd();
}

function append(runs: WordRun[], word: string, isOwn: boolean): void {
  const last = runs.at(-1);
  if (last?.isOwn === isOwn) runs[runs.length - 1] = { isOwn, text: `${last.text}${word}` };
  else runs.push({ isOwn, text: word });
}
