import { z } from "zod";

/**
 * Additive sums from which every metric is computed. Time counters are integer milliseconds, the rest are counts.
 * A counter that depends on a definition carries its parameter: `answered-within-20000` counts contacts answered
 * within 20,000 ms of queueing, so that two definitions never share a counter that means different things.
 */
export const BASE_COUNTERS = [
  "offered",
  "answered",
  "abandoned",
  "flowed-out",
  "missed",
  "answer-wait-ms",
  "abandon-wait-ms",
  "handle-ms",
  "talk-ms",
  "hold-ms",
  "acw-ms",
  "csat-1",
  "csat-2",
  "csat-3",
  "csat-4",
  "csat-5",
  "longest-wait-ms",
  "oldest-item-ms",
  "backlog-open",
  "backlog-age-ms",
] as const;

export type BaseCounter = (typeof BASE_COUNTERS)[number];
export type WithinCounter = `${"answered" | "abandoned" | "missed"}-within-${number}`;
export type CounterId = BaseCounter | WithinCounter;

const MERGES = new Map<CounterId, "max" | "last">([
  ["longest-wait-ms", "max"],
  ["oldest-item-ms", "max"],
  ["backlog-open", "last"],
  ["backlog-age-ms", "last"],
]);

const WITHIN = /^(?:answered|abandoned|missed)-within-(?:0|[1-9]\d{0,7})$/u;

export function isCounterId(text: string): text is CounterId {
  return BASE_COUNTERS.some((base) => base === text) || WITHIN.test(text);
}

export const CounterId = z.string().refine(isCounterId, {
  error: `must be one of ${BASE_COUNTERS.join(", ")} or answered-within-<ms>, abandoned-within-<ms>, missed-within-<ms>`,
});

/** The limit in milliseconds of a `...-within-<ms>` counter, or `null` for a counter without one. */
export function withinLimit(id: CounterId): { outcome: "answered" | "abandoned" | "missed"; limitMs: number } | null {
  const [outcome, limit] = id.split("-within-");
  if (limit === undefined) return null;
  if (outcome !== "answered" && outcome !== "abandoned" && outcome !== "missed") return null;
  return { outcome, limitMs: Number(limit) };
}

/**
 * How the values of several intervals become one: counts and times are added, the longest of waits is the longest, and
 * of a snapshot the latest counts. Queues are added, but for `max`.
 */
export function mergeOf(id: CounterId): "sum" | "max" | "last" {
  return MERGES.get(id) ?? "sum";
}
