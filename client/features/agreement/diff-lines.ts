/** One line of two texts laid over each other, with its number in each. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** More cells than this would keep the page waiting; the unequal middle of such texts is shown whole, old before new. */
const MOST_CELLS = 4_000_000;

/** The shortest way from one text to the other, line by line: longest common subsequence, what is equal at both ends taken off first. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const kinds = [
    ...Array.from({ length: head }, () => "same" as const),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...Array.from({ length: tail }, () => "same" as const),
  ];
  return numbered(a, b, kinds);
}

export function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/u, "").split(/\r?\n/u);
}

function middle(a: readonly string[], b: readonly string[]): DiffLine["kind"][] {
  const width = b.length + 1;
  if (a.length * width > MOST_CELLS) return [...a.map(() => "removed" as const), ...b.map(() => "added" as const)];
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const kinds: DiffLine["kind"][] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      kinds.push("same");
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      kinds.push("removed");
      i += 1;
    } else {
      kinds.push("added");
      j += 1;
    }
  }
  return kinds;
}

function numbered(a: readonly string[], b: readonly string[], kinds: readonly DiffLine["kind"][]): DiffLine[] {
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
