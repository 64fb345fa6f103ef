import type { CompiledTarget } from "../agreement/compiled.ts";
import type { Day } from "../calendar/day.ts";
import type { KnownDay } from "./known-days.ts";
import { type RestDay, restOn, type RestVolume, type VolumeBasis, volumeBasis } from "./volume.ts";

/** Days known in full, beside what the locked forecast said of each. */
interface Known {
  readonly known: readonly KnownDay[];
  readonly locked: readonly (number | null)[];
}

interface Remembered extends Known {
  readonly basis: VolumeBasis | null;
}

/** Windows of one target whose days are remembered: all that are open at a time, and many that were. */
const MOST_WINDOWS = 64;

const remembered = new WeakMap<CompiledTarget, Map<Day, Remembered>>();

/** Days of the same counts are the same objects, see `knownDays`. */
function isSame(a: Known, b: Known): boolean {
  if (a.known.length !== b.known.length) return false;
  return a.known.every((day, i) => day === b.known[i] && a.locked[i] === b.locked[i]);
}

/** What known days say is worked out once for the same days: they are closed, so during a day they stay as they are. */
function basisOf(compiled: CompiledTarget, start: Day, { known, locked }: Known): VolumeBasis | null {
  const mine = remembered.get(compiled) ?? new Map<Day, Remembered>();
  remembered.set(compiled, mine);
  const before = mine.get(start);
  if (before !== undefined && isSame(before, { known, locked })) return before.basis;
  if (mine.size >= MOST_WINDOWS) mine.clear();
  const basis = volumeBasis(known.map(({ at, weekday, n }, i) => ({ at, weekday, n, locked: locked[i] ?? null })));
  mine.set(start, { known, locked, basis });
  return basis;
}

/**
 * The volume of the rest of a target's window that starts on a day, see `restOn`; where it starts only says under which name the
 * latest work is remembered.
 *
 * @returns `null` with too few known days.
 */
export function rememberedVolume(
  compiled: CompiledTarget,
  start: Day,
  { rest, ...known }: Known & { readonly rest: readonly RestDay[] },
): RestVolume | null {
  const basis = basisOf(compiled, start, known);
  return basis === null ? null : restOn(basis, rest);
}
