import { z } from "zod";

/**
 * The counts and times from which every metric is computed. Time counters end in `-ms` and are integer milliseconds; the
 * rest are counts. What becomes of several intervals is said by {@link mergeOf}.
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
  "queued",
  "blocked",
  "longest-wait-ms",
  "handled",
  "transferred",
  "on-contact-ms",
  "idle-ms",
  "scheduled-ms",
  "adherent-ms",
  "worked-ms",
  "paid-ms",
  "available-ms",
  "required-ms",
  "covered-ms",
  "forecast-error",
  "forecast-offered",
  "forecast-handle-ms",
  "survey-invited",
  "survey-responses",
  "fcr-asked",
  "fcr-resolved",
  "nps-promoters",
  "nps-passives",
  "nps-detractors",
  "monitored",
  "without-customer-error",
  "without-business-error",
  "without-compliance-error",
  "non-critical-opportunities",
  "non-critical-correct",
  "double-scored",
  "calibration-items",
  "calibration-matches",
  "leavers",
  "headcount-days",
  "backlog-open",
  "backlog-age-ms",
  "backlog-snapshots",
  "backlog-snapshot-items",
  "oldest-item-ms",
] as const;

export type BaseCounter = (typeof BASE_COUNTERS)[number];
type WithinCounter = `${"answered" | "abandoned" | "missed"}-within-${number}` | `waited-over-${number}`;
type DaysCounter = `${"repeat-base" | "repeats" | "handled-tenure-under" | "starters-matured" | "survived"}-${number}d`;
type FormCounter = `qa-${"evaluations" | "points-earned" | "points-possible"}-${string}`;
export type CounterId = BaseCounter | WithinCounter | DaysCounter | FormCounter;

/**
 * A counter that depends on a definition carries its parameter: `answered-within-20000` counts contacts answered within
 * 20,000 ms of queueing, so that two definitions never share a counter that means different things.
 */
const FAMILIES = [
  /^(?:(?:answered|abandoned|missed)-within|waited-over)-(?:0|[1-9]\d{0,7})$/u,
  /^(?:repeat-base|repeats|handled-tenure-under|starters-matured|survived)-[1-9]\d{0,2}d$/u,
  /^qa-(?:evaluations|points-earned|points-possible)-[a-z0-9][a-z0-9.-]{0,19}$/u,
];

const FAMILY_WORDS = [
  "answered-within-<ms>",
  "abandoned-within-<ms>",
  "missed-within-<ms>",
  "waited-over-<ms>",
  "repeat-base-<days>d",
  "repeats-<days>d",
  "handled-tenure-under-<days>d",
  "starters-matured-<days>d",
  "survived-<days>d",
  "qa-evaluations-<form>",
  "qa-points-earned-<form>",
  "qa-points-possible-<form>",
];

export function isCounterId(text: string): text is CounterId {
  return BASE_COUNTERS.some((base) => base === text) || FAMILIES.some((family) => family.test(text));
}

export const CounterId = z.string().refine(isCounterId, {
  error: `must be one of ${BASE_COUNTERS.join(", ")} or ${FAMILY_WORDS.join(", ")}`,
});

/** The limit in milliseconds of a `...-within-<ms>` counter, or `null` for a counter without one. */
export function withinLimit(id: CounterId): { outcome: "answered" | "abandoned" | "missed"; limitMs: number } | null {
  const [outcome, limit] = id.split("-within-");
  if (limit === undefined) return null;
  if (outcome !== "answered" && outcome !== "abandoned" && outcome !== "missed") return null;
  return { outcome, limitMs: Number(limit) };
}

/** The limit in milliseconds of a `waited-over-<ms>` counter, or `null` for any other. */
export function waitedOverLimit(id: CounterId): number | null {
  return id.startsWith("waited-over-") ? Number(id.slice("waited-over-".length)) : null;
}

/** Whether a counter sums time, so that a column of it needs a unit. */
export function isTimed(id: CounterId): boolean {
  return id.endsWith("-ms") && !id.startsWith("qa-");
}

const MERGES = new Map<CounterId, "max" | "last">([
  ["longest-wait-ms", "max"],
  ["oldest-item-ms", "max"],
  ["backlog-open", "last"],
  ["backlog-age-ms", "last"],
]);

/**
 * How the values of several intervals become one: counts and times are added, the longest of waits is the longest, and
 * of a snapshot the latest counts. Queues are added, but for `max`.
 */
export function mergeOf(id: CounterId): "sum" | "max" | "last" {
  return MERGES.get(id) ?? "sum";
}
