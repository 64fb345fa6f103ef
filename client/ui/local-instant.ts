import { clockIn, dayIn } from "./zone-time.ts";

const DAY_MS = 86_400_000;

/** The value of a date-and-time field: what the zone's clock shows at an instant. */
export function localText(zone: string, ms: number): string {
  return `${dayIn(zone, ms)}T${clockIn(zone, ms)}`;
}

/**
 * The instants at which the zone's clock shows a date and time: none where the clock jumps over it, two where it shows it twice.
 *
 * @param text such as `2026-09-17T15:00`.
 */
export function instantsAt(zone: string, text: string): readonly number[] {
  const asUtc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtc)) return [];
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => Date.parse(`${localText(zone, near)}:00Z`) - near);
  const instants = [...new Set(offsets)].map((offset) => asUtc - offset);
  return instants.filter((instant) => localText(zone, instant) === text).toSorted((a, b) => a - b);
}

/** A range on the zone's clock as instants; where the clock shows an end twice, the wider range is meant. `null` for a time that never was. */
export function rangeAt(zone: string, from: string, to: string): { readonly fromMs: number; readonly toMs: number } | null {
  const fromMs = instantsAt(zone, from)[0];
  const toMs = instantsAt(zone, to).at(-1);
  return fromMs === undefined || toMs === undefined ? null : { fromMs, toMs };
}
