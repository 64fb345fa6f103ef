import { formatDuration } from "../metrics/format.ts";
import type { MeasureUnit } from "../metrics/measure.ts";
import { decimalText, NBSP } from "../metrics/number-text.ts";

/** Decimals of figures that are no percentages and no times. */
const PLACES: Readonly<Record<Exclude<MeasureUnit, "duration" | "ratio">, number>> = { score: 2, points: 1, count: 1 };

function fixed(value: number, places: number): string {
  const steps = Math.round(value * 10 ** places);
  return decimalText(Object.is(steps, -0) ? 0 : steps, places);
}

/** A figure in its unit: `78.6 %`, `6:12`, `17.3 s`, `4.25`. */
export function figureText(value: number, unit: MeasureUnit): string {
  if (unit === "duration") return formatDuration(value);
  return unit === "ratio" ? `${fixed(value * 100, 1)}${NBSP}%` : fixed(value, PLACES[unit]);
}

/** The size of a difference, without its sign, finer where it would read as nothing: `1.8 pp`, `0.04 pp`, `24.0 s`, `1:12`. */
export function amountText(amount: number, unit: MeasureUnit): string {
  const size = Math.abs(amount);
  if (unit === "duration") return formatDuration(size);
  const shown = unit === "ratio" ? size * 100 : size;
  const places = unit === "ratio" ? 1 : PLACES[unit];
  const text = fixed(shown, shown < 10 ** -places ? places + 1 : places);
  return unit === "ratio" ? `${text}${NBSP}pp` : text;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `2026-08-17` is `17 Aug`. */
export function dayText(day: string): string {
  const [, month, date] = day.split("-").map(Number);
  return `${date ?? ""} ${MONTHS[(month ?? 1) - 1] ?? ""}`;
}

/** `2026-08` is `Aug 2026`. */
export function monthText(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return `${MONTHS[(number ?? 1) - 1] ?? ""} ${year ?? ""}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** A share of the volume: `41 %`. */
export function shareText(share: number): string {
  return `${fixed(share * 100, 0)}${NBSP}%`;
}
