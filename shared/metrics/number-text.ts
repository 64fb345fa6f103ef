import type { Decimal } from "../stats/decimal.ts";

export const NBSP = "\u00a0";
export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The same value without idle zeros behind the point. */
export function trimmed(value: Decimal): Decimal {
  let { mantissa, dp } = value;
  while (dp > 0 && mantissa % 10 === 0) {
    mantissa /= 10;
    dp -= 1;
  }
  return { mantissa, dp };
}

/** `steps / 10^dp` in digits, with a real minus sign. */
export function decimalText(steps: number, dp: number): string {
  const digits = String(Math.abs(steps)).padStart(dp + 1, "0");
  const text = dp === 0 ? digits : `${digits.slice(0, -dp)}.${digits.slice(-dp)}`;
  return steps < 0 ? `−${text}` : text;
}

/** The same fraction of one in percent: `0.805` is `80.5 %`. */
export function percentText({ mantissa, dp }: Decimal): string {
  const [steps, places] = dp >= 2 ? [mantissa, dp - 2] : [mantissa * 10 ** (2 - dp), 0];
  return `${decimalText(steps, places)}${NBSP}%`;
}

/** A limit of waiting in the largest unit that leaves it whole: `20 s`, `90 s`, `5 min`, `8 h`. */
export function limitText(seconds: number): string {
  if (seconds >= 7200 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds >= 120 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** Milliseconds >= 0 on a clock of minutes and seconds, from an hour with hours. */
export function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (part: number) => String(part).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (ms < HOUR_MS) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
