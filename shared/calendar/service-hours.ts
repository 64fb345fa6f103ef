import { type Day, type Weekday, utcStartOf, weekdayOf } from "./day.ts";
import { mergeRanges, type Range } from "./range.ts";
import type { ZoneSegment } from "./zone-segments.ts";

export interface OpenBlock {
  readonly days: readonly Weekday[];
  /** `00:00` to `23:59`. */
  readonly from: string;
  /** After `from`; `24:00` is the end of the day. A night is two blocks. */
  readonly to: string;
}
/** Opening hours on the wall clock. */
export type ServiceHours = "always" | readonly OpenBlock[];

const CLOCK = /^([01]\d|2[0-4]):([0-5]\d)$/u;

/** @throws RangeError when the text is not a clock time between 00:00 and 24:00. */
function clockMs(text: string): number {
  const [, hours, minutes] = CLOCK.exec(text) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (!(ms <= 86_400_000)) throw new RangeError(`"${text}" is not a clock time between 00:00 and 24:00`);
  return ms;
}

/**
 * When the blocks of a day are open: the instants at which the wall clock shows a reading inside a block.
 * An hour that the clock jumps over is not there; an hour shown twice is open twice.
 *
 * @throws RangeError when a block does not end after it begins.
 */
export function openRanges(blocks: readonly OpenBlock[], day: Day, segments: readonly ZoneSegment[]): Range[] {
  const weekday = weekdayOf(day);
  const utcStart = utcStartOf(day);
  const ranges: Range[] = [];
  for (const { days, from, to } of blocks) {
    const [fromClock, toClock] = [clockMs(from), clockMs(to)];
    if (fromClock >= toClock) throw new RangeError(`service hours ${from}-${to} do not end after they begin; write a night as two blocks`);
    if (!days.includes(weekday)) continue;
    for (const { fromMs, toMs, offsetMs } of segments) {
      const readingOffset = utcStart - offsetMs;
      ranges.push({ fromMs: Math.max(fromMs, readingOffset + fromClock), toMs: Math.min(toMs, readingOffset + toClock) });
    }
  }
  return mergeRanges(ranges);
}
