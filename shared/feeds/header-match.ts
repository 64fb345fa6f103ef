import { foldName, skeletonOf } from "./look-alike.ts";

/** What the columns of a file say about one column that a definition needs. */
export type HeaderMatch =
  | { readonly kind: "found"; readonly position: number }
  | { readonly kind: "missing" }
  /** Several columns of this name. */
  | { readonly kind: "repeated" }
  /** The column stands there under more than one of its names. */
  | { readonly kind: "both"; readonly names: readonly string[] }
  /** Another column that cannot be told from it by eye, beside it or instead of it. */
  | { readonly kind: "look-alike"; readonly name: string };

type Index = ReadonlyMap<string, readonly number[]>;

function indexBy(names: readonly string[], key: (name: string) => string): Index {
  const index = new Map<string, number[]>();
  names.forEach((name, position) => {
    if (name === "") return;
    const positions = index.get(key(name));
    if (positions === undefined) index.set(key(name), [position]);
    else positions.push(position);
  });
  return index;
}

/** The positions that `calls#2` means: the second column that is called `calls`, where there are several. */
function ordinal(name: string, exact: Index): readonly number[] {
  const match = /^(.*)#([1-9]\d?)$/u.exec(name);
  const positions = exact.get(match?.[1]?.trim() ?? "") ?? [];
  const position = positions.length > 1 ? positions[Number(match?.[2]) - 1] : undefined;
  return position === undefined ? [] : [position];
}

/**
 * Looks for columns by name: letter by letter first; else without regard to case, runs of spaces and composition, where that
 * fits one column that no other name fits exactly. What only looks the same is never taken.
 *
 * @param names the file's columns, trimmed. @param needed all names that are looked for: a column that one of them fits exactly is not lent to another.
 */
export function createHeaderMatcher(
  names: readonly string[],
  needed: ReadonlySet<string>,
): (name: string, aliases: readonly string[]) => HeaderMatch {
  const exact = indexBy(names, (name) => name);
  const folded = indexBy(names, foldName);
  const drawn = indexBy(names, skeletonOf);
  const positionsOf = (name: string): readonly number[] => {
    const same = exact.get(name) ?? ordinal(name, exact);
    if (same.length > 0) return same;
    return (folded.get(foldName(name)) ?? []).filter((position) => !needed.has(names[position] ?? ""));
  };
  const lookAlike = (spellings: readonly string[]): string | null => {
    const plain = new Set(spellings.map(foldName));
    for (const spelling of spellings) {
      const other = (drawn.get(skeletonOf(spelling)) ?? []).find((position) => !plain.has(foldName(names[position] ?? "")));
      if (other !== undefined) return names[other] ?? "";
    }
    return null;
  };
  return (name, aliases) => {
    const spellings = [name, ...aliases];
    const disguised = lookAlike(spellings);
    if (disguised !== null) return { kind: "look-alike", name: disguised };
    const hits = spellings.map(positionsOf);
    const positions = new Set(hits.flat());
    const [position] = positions;
    if (position === undefined) return { kind: "missing" };
    if (positions.size === 1) return { kind: "found", position };
    const there = spellings.filter((_, at) => (hits[at]?.length ?? 0) > 0);
    return there.length > 1 ? { kind: "both", names: there } : { kind: "repeated" };
  };
}
