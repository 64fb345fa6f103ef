import type { CounterId } from "./counter.ts";
import { withinLimit } from "./counter.ts";
import type { Measure } from "./measure.ts";

const PLAIN: Record<string, string> = {
  offered: "calls offered",
  answered: "calls answered",
  abandoned: "calls abandoned",
  "flowed-out": "calls that flowed out of the queue",
  missed: "calls missed",
  "answer-wait-ms": "the wait of answered calls",
  "abandon-wait-ms": "the wait of abandoned calls",
  "handle-ms": "handle time",
  "talk-ms": "talk time",
  "hold-ms": "hold time",
  "acw-ms": "after-call work",
  "longest-wait-ms": "the longest wait",
  "oldest-item-ms": "the age of the oldest open item",
  "backlog-open": "open items",
  "backlog-age-ms": "the age of the open items",
};

/** A counter in plain words: `answered-within-20000` is "calls answered within 20 s". */
export function describeCounter(id: CounterId): string {
  const within = withinLimit(id);
  if (within !== null) return `calls ${within.outcome} within ${within.limitMs / 1000} s`;
  if (id.startsWith("csat-")) return `answers with score ${id.slice(5)}`;
  return PLAIN[id] ?? id;
}

function shortOf({ shortAbandonSeconds }: { shortAbandonSeconds?: number | undefined }): number[] {
  return shortAbandonSeconds === undefined ? [] : [shortAbandonSeconds];
}

/** The parameters of a measure in a few words, for the small print beside a target's name. */
export function describeMeasure(measure: Measure): { detail: string; variant: string } {
  switch (measure.metric) {
    case "service-level":
      return {
        detail: `within ${measure.withinSeconds} s`,
        variant: ["service-level", measure.variant, measure.withinSeconds, ...shortOf(measure)].join("/"),
      };
    case "abandonment":
      return {
        detail: measure.shortAbandonSeconds === undefined ? "" : `after ${measure.shortAbandonSeconds} s`,
        variant: ["abandonment", measure.denominator, ...shortOf(measure)].join("/"),
      };
    case "answer-rate":
      return {
        detail: `of ${measure.denominator === "offered" ? "offered" : "answered and abandoned"}`,
        variant: `answer-rate/${measure.denominator}`,
      };
    case "aht":
      return { detail: "per call", variant: "aht" };
    case "asa":
      return { detail: "answered calls", variant: "asa" };
    case "csat":
      return { detail: measure.method === "top-2-box" ? "answers 4 and 5" : "of 5", variant: `csat/${measure.method}` };
  }
}
