import type { Zone } from "../../shared/calendar/zone.ts";

/** A wall clock reading, e.g. "19:56". */
export function clockOf(zone: Zone, ms: number): string {
  const minutes = Math.floor(zone.clockAt(ms) / 60_000);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function cityOf(zone: Zone): string {
  return zone.timeZone.slice(zone.timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** A reading with its day, where that is not the day of `nowMs`, and its city: "2026-09-21 19:56 Lisbon". */
export function clockIn(zone: Zone, ms: number, nowMs: number): string {
  const day = zone.localDay(ms);
  return `${day === zone.localDay(nowMs) ? "" : `${day} `}${clockOf(zone, ms)} ${cityOf(zone)}`;
}
