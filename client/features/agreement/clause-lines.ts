import type { Clause } from "./clause.ts";
import type { LineRange, ReadDocument } from "./read-document.ts";

/**
 * The lines a clause comes from, top to bottom, touching ranges joined: the places it names, or the nearest place above
 * them where the document leaves them out. Empty where it says nothing about it at all.
 */
export function linesOfClause(document: ReadDocument, { path, also }: Pick<Clause, "path" | "also">): LineRange[] {
  const exact = [path, ...also].flatMap((each) => {
    const range = document.linesOf(each);
    return range?.isExact === true ? [range] : [];
  });
  const above = document.linesOf(path);
  const ranges = exact.length > 0 ? exact : above === null ? [] : [above];
  const joined: LineRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && range.from <= last.to + 1) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else joined.push({ from: range.from, to: range.to });
  }
  return joined;
}
