import type { SettlementTarget, SettlementVersion } from "./version.ts";

/** What a scheme gives to a target, and among how many members that is shared. */
export interface Allotment<Entry> {
  readonly entry: Entry;
  readonly among: number;
}

function ownEntry<Entry>(entries: Readonly<Record<string, Entry>>, id: string): Entry | undefined {
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}

/** A member that is not listed itself shares its target's entry equally with the others that are not. `null`: nothing is listed for it. */
export function allotmentOf<Entry>(
  entries: Readonly<Record<string, Entry>>,
  of: SettlementTarget,
  version: SettlementVersion,
): Allotment<Entry> | null {
  const own = ownEntry(entries, of.target.id);
  if (own !== undefined) return { entry: own, among: 1 };
  const shared = ownEntry(entries, of.base);
  if (shared === undefined) return null;
  const sharers = version.targets.filter(({ base, target }) => base === of.base && ownEntry(entries, target.id) === undefined);
  return { entry: shared, among: sharers.length };
}
