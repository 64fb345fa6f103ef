import type { MeasureUnit } from "../metrics/measure.ts";
import { type Decimal, parseDecimal, shiftDecimal } from "../stats/decimal.ts";

/** How many places lie between a figure and the unit as people read it: percent, seconds, points, things. */
export const READ_SHIFT: Record<MeasureUnit, number> = { ratio: 2, duration: -3, score: 0, points: 0, count: 0 };

const SECONDS = /^(\d+(?:\.\d{1,3})?)\s?s$/u;
const MINUTES = /^(\d+(?:\.\d{1,3})?)\s?min$/u;
const CLOCK = /^(\d{1,3}):([0-5]\d)$/u;
const PERCENT = /^(\d+(?:\.\d{1,6})?)\s?%$/u;

function part(pattern: RegExp, text: string): Decimal | null {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? null : parseDecimal(digits);
}

function duration(text: string): Decimal | null {
  const clock = CLOCK.exec(text);
  if (clock !== null) return { mantissa: (Number(clock[1]) * 60 + Number(clock[2])) * 1000, dp: 0 };
  const seconds = part(SECONDS, text);
  if (seconds !== null) return shiftDecimal(seconds, 3);
  const minutes = part(MINUTES, text);
  return minutes === null ? null : shiftDecimal({ ...minutes, mantissa: minutes.mantissa * 60 }, 3);
}

/**
 * Reads an agreed level with its unit, exactly: `"80 %"` is 0.80, `"20 s"` and `"6:30"` are milliseconds, `"4.2"` is points,
 * `"120"` a count.
 *
 * @returns `null` when the text does not fit the unit; `levelRemedy` says what would.
 */
export function parseLevel(text: string, unit: MeasureUnit): Decimal | null {
  const trimmed = text.trim();
  switch (unit) {
    case "ratio": {
      const percent = part(PERCENT, trimmed);
      return percent === null ? null : shiftDecimal(percent, -2);
    }
    case "duration":
      return duration(trimmed);
    case "score":
    case "points":
      return parseDecimal(trimmed.replace(/^−/u, "-"));
    case "count":
      return parseDecimal(trimmed);
  }
}

export function levelRemedy(unit: MeasureUnit): string {
  switch (unit) {
    case "ratio":
      return 'Write a percentage with its sign, such as "80 %" or "4.5 %".';
    case "duration":
      return 'Write a length of time with its unit, such as "20 s", "6.5 min" or "6:30".';
    case "score":
      return 'Write points, such as "4.2".';
    case "points":
      return 'Write points from -100 to 100, such as "35".';
    case "count":
      return 'Write a plain number, such as "120".';
  }
}
