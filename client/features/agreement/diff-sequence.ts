/** One item of two sequences laid over each other. */
export type Step = "same" | "removed" | "added";

/** More cells than this would keep the page waiting; the unequal middle of such sequences is taken whole, old before new. */
const MOST_CELLS = 4_000_000;

/** The shortest way from one sequence to another: longest common subsequence, what is equal at both ends taken off first. */
export function diffSequence(a: readonly string[], b: readonly string[]): Step[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const same = (length: number) => Array.from({ length }, () => "same" as const);
  return [...same(head), ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)), ...same(tail)];
}

function middle(a: readonly string[], b: readonly string[]): Step[] {
  const width = b.length + 1;
  if (a.length * width > MOST_CELLS) return [...a.map(() => "removed" as const), ...b.map(() => "added" as const)];
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const kinds: Step[] = [];
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
