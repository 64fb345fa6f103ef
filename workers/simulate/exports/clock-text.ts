import type { Zone } from "../../../shared/calendar/zone.ts";

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** An instant as the provider's own clock shows it. */
export interface ClockText {
  /** `2026-11-21`. */
  readonly day: string;
  /** `H:MM:SS` without a leading zero. */
  readonly clock: string;
  /** `H:MM`. */
  readonly minute: string;
  /** The digits of `HMM` as a number, as switches write it: 15 is a quarter past midnight, 930 half past nine. */
  readonly hmm: number;
}

export function clockText(zone: Zone, atS: number): ClockText {
  const seconds = Math.floor(zone.clockAt(atS * 1000) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return {
    day: zone.localDay(atS * 1000),
    clock: `${hours}:${two(minutes)}:${two(seconds % 60)}`,
    minute: `${hours}:${two(minutes)}`,
    hmm: hours * 100 + minutes,
  };
}
