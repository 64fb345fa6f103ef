import type { Decimal } from "../stats/decimal.ts";
import { readDecimal } from "./cell-number.ts";
import type { NumberStyle } from "./number-style.ts";

/** A length of time and the finest unit that it was written in. */
export interface WrittenDuration {
  readonly ms: number;
  readonly finest: DurationWord;
}
type DurationWord = "d" | "h" | "min" | "s" | "ms";

const MS_OF = { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1000, ms: 1 } as const satisfies Record<DurationWord, number>;
const WORDS: ReadonlyMap<string, DurationWord> = new Map([
  ...["d", "day", "days"].map((word) => [word, "d"] as const),
  ...["h", "hr", "hrs", "hour", "hours"].map((word) => [word, "h"] as const),
  ...["m", "min", "mins", "minute", "minutes"].map((word) => [word, "min"] as const),
  ...["s", "sec", "secs", "second", "seconds"].map((word) => [word, "s"] as const),
  ...["ms", "msec", "millisecond", "milliseconds"].map((word) => [word, "ms"] as const),
]);
const LONGEST = 60;
const PART = /^([\d.,]+)[ \u00a0]?([a-z]+)[ \u00a0]?/u;

/** `value` times `factor` where that is a whole number, else NaN. */
export function wholeProduct({ mantissa, dp }: Decimal, factor: number): number {
  const product = BigInt(mantissa) * BigInt(factor);
  const scale = 10n ** BigInt(dp);
  return product % scale === 0n ? Number(product / scale) : NaN;
}

/** `PT5M30S` in the words of `5m30s`; "" when the text is no length of ISO 8601. */
function wordsOfIso(text: string): string {
  const match = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,12}(?:[.,]\d{1,3})?)S)?)?$/u.exec(text);
  if (match === null || text.endsWith("T")) return "";
  const units = ["d", "h", "m", "s"];
  return match
    .slice(1)
    .reduce((words, part, at) => (part === undefined ? words : `${words}${part.replace(",", ".")}${units[at] ?? ""}`), "");
}

/**
 * Reads a length of time with its units: `12 s`, `250 ms`, `3 min`, `5m30s`, `1 h 5 min`. Units come from long to short, each once,
 * and only the last number may have a fraction.
 *
 * @returns `null` when the text is not such a length or finer than a millisecond.
 */
export function readWrittenDuration(text: string, style: NumberStyle): WrittenDuration | null {
  if (text.length > LONGEST) return null;
  let rest = text.toLowerCase();
  let ms = 0;
  let finest: DurationWord | null = null;
  let whole = true;
  while (rest !== "") {
    const match = PART.exec(rest);
    const unit = WORDS.get(match?.[2] ?? "");
    const number = readDecimal(match?.[1] ?? "", style);
    if (match === null || unit === undefined || number === null || !whole) return null;
    if (finest !== null && MS_OF[unit] >= MS_OF[finest]) return null;
    ms += wholeProduct(number, MS_OF[unit]);
    finest = unit;
    whole = number.dp === 0;
    rest = rest.slice(match[0].length);
  }
  return finest === null || Number.isNaN(ms) ? null : { ms, finest };
}

/** Reads a length of time as ISO 8601 writes it: `PT5M30S`, `P1DT2H`, seconds with up to three decimals; `null` for anything else. */
export function readIsoDuration(text: string): WrittenDuration | null {
  const words = text.startsWith("P") && text.length <= LONGEST ? wordsOfIso(text) : "";
  return words === "" ? null : readWrittenDuration(words, { decimal: "point", thousands: null });
}
