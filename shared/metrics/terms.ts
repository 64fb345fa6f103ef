import type { CounterId } from "./counter.ts";
import type { Formula, Term } from "./measure.ts";

type Counters = CounterId | readonly (CounterId | Term)[];

export function one(counter: CounterId, weight = 1): Term {
  return { counter, weight };
}

/** The same term taken away. */
export function minus(counter: CounterId): Term {
  return one(counter, -1);
}

function termsOf(counters: Counters): Term[] {
  const list = typeof counters === "string" ? [counters] : counters;
  return list.map((entry) => (typeof entry === "string" ? one(entry) : entry));
}

/** A share of everything that was there to count. */
export function ratio(numerator: Counters, denominator: Counters, says: string): Formula {
  return { unit: "ratio", numerator: termsOf(numerator), denominator: termsOf(denominator), sampled: false, says };
}

/** A share of a sample, which stands for more than was counted. */
export function sampledRatio(numerator: Counters, denominator: Counters, says: string): Formula {
  return { ...ratio(numerator, denominator, says), sampled: true };
}

/** Milliseconds per whatever the denominator counts. */
export function duration(numerator: Counters, denominator: Counters, says: string): Formula {
  return { ...ratio(numerator, denominator, says), unit: "duration" };
}
