/** Exact fractions, days since 1970 and amounts by largest remainder, as plainly as they can be written. */
export type Q = readonly [bigint, bigint];

export function q(n: number | bigint, d: number | bigint = 1): Q {
  const common = (a: bigint, b: bigint): bigint => (b === 0n ? a : common(b, a % b));
  const by = common(BigInt(n), BigInt(d)) || 1n;
  return [BigInt(n) / by, BigInt(d) / by];
}

export const mul = (...all: Q[]): Q => all.reduce((a, b) => q(a[0] * b[0], a[1] * b[1]));
export const plus = (a: Q, b: Q): Q => q(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
export const less = (a: Q, b: Q): boolean => a[0] * b[1] < b[0] * a[1];
export const round = ([n, d]: Q): number => Number((2n * n + d) / (2n * d));
export const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);

/** A percentage, amount or factor as it is written. */
export function read(text: string): Q {
  const [whole = "0", rest = ""] = text.replace("%", "").trim().split(".");
  return q(BigInt(whole + rest), 10n ** BigInt(rest.length) * (text.includes("%") ? 100n : 1n));
}

const DAY = 86_400_000;
export const dayOf = (day: string): number => Date.parse(day) / DAY;
export const dayAt = (ms: number): number => ms / DAY;

/** First day and the day after the last of the calendar period of a day, in days since 1970. */
export function calendar(kind: string, day: number): readonly [number, number] {
  const date = new Date(day * DAY);
  const monday = day - ((date.getUTCDay() + 6) % 7);
  if (kind === "week") return [monday, monday + 7];
  const [year, step] = [date.getUTCFullYear(), kind === "month" ? 1 : 3];
  const month = Math.floor(date.getUTCMonth() / step) * step;
  return [Date.UTC(year, month, 1) / DAY, Date.UTC(year, month + step, 1) / DAY];
}

/** Largest remainder, the earlier of equal ones first. */
export function divide(total: number, weights: readonly number[]): number[] {
  const all = sum(weights);
  if (all === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Number((BigInt(total) * BigInt(weight)) / BigInt(all)));
  const rest = weights.map((weight) => (BigInt(total) * BigInt(weight)) % BigInt(all));
  for (let left = total - sum(parts); left > 0; left--) {
    const best = rest.reduce((most, some, i) => (some > (rest[most] ?? 0n) ? i : most), 0);
    parts[best] = (parts[best] ?? 0) + 1;
    rest[best] = -1n;
  }
  return parts;
}
