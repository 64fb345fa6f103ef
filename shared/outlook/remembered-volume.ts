import type { CompiledTarget } from "../agreement/compiled.ts";
import type { Day } from "../calendar/day.ts";
import { type DayVolume, type RestDay, restOn, type RestVolume, type VolumeBasis, volumeBasis } from "./volume.ts";

interface Remembered {
  readonly known: readonly DayVolume[];
  readonly basis: VolumeBasis | null;
}

/** Windows of one target whose days are remembered: all that are open at a time, and many that were. */
const MOST_WINDOWS = 64;

const remembered = new WeakMap<CompiledTarget, Map<Day, Remembered>>();

function isSame(a: readonly DayVolume[], b: readonly DayVolume[]): boolean {
  if (a.length !== b.length) return false;
  return a.every(({ at, weekday, n, locked }, i) => {
    const other = b[i];
    return other !== undefined && at === other.at && n === other.n && weekday === other.weekday && locked === other.locked;
  });
}

/** What known days say is worked out once for equal days: they are closed, so during a day they stay as they are. */
function basisOf(compiled: CompiledTarget, start: Day, known: readonly DayVolume[]): VolumeBasis | null {
  const mine = remembered.get(compiled) ?? new Map<Day, Remembered>();
  remembered.set(compiled, mine);
  const before = mine.get(start);
  if (before !== undefined && isSame(before.known, known)) return before.basis;
  if (mine.size >= MOST_WINDOWS) mine.clear();
  const basis = volumeBasis(known);
  mine.set(start, { known, basis });
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
  { known, rest }: { readonly known: readonly DayVolume[]; readonly rest: readonly RestDay[] },
): RestVolume | null {
  const basis = basisOf(compiled, start, known);
  return basis === null ? null : restOn(basis, rest);
}
