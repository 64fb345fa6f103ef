import { diffSequence, type Step } from "./diff-sequence.ts";

/** One line of two texts laid over each other, with its number in each. */
export interface DiffLine {
  readonly kind: Step;
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** The shortest way from one text to the other, line by line. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  return numbered(a, b, diffSequence(a, b));
}

export function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/u, "").split(/\r?\n/u);
}

function numbered(a: readonly string[], b: readonly string[], kinds: readonly Step[]): DiffLine[] {
  let [before, after] = [0, 0];
  return kinds.map((kind) => {
    const text = (kind === "added" ? b[after] : a[before]) ?? "";
    if (kind !== "added") before += 1;
    if (kind !== "removed") after += 1;
    return { kind, text, before: kind === "added" ? null : before, after: kind === "removed" ? null : after };
  });
}

/** The changed lines with some equal ones around them; each group is one place of the text. */
export function hunksOf(lines: readonly DiffLine[], around = 2): DiffLine[][] {
  const hunks: DiffLine[][] = [];
  let end = -1;
  for (const [index, line] of lines.entries()) {
    if (line.kind === "same") continue;
    const from = Math.max(index - around, end + 1);
    const to = Math.min(index + around, lines.length - 1);
    if (from > end + 1 || hunks.length === 0) hunks.push([]);
    hunks.at(-1)?.push(...lines.slice(from, to + 1));
    end = to;
  }
  return hunks;
}
