import { type CounterId, waitedOverLimit, withinLimit } from "./counter.ts";
import { COUNTER_WORDS, FAMILY_WORDS } from "./counter-words.ts";
import type { Measure } from "./measure.ts";
import { limitText } from "./number-text.ts";
import { settlingDays } from "./settling-days.ts";

/** A counter in plain words: `answered-within-20000` is "calls answered within 20 s". */
export function describeCounter(id: CounterId): string {
  const within = withinLimit(id);
  if (within !== null) return `calls ${within.outcome} within ${limitText(within.limitMs / 1000)}`;
  const over = waitedOverLimit(id);
  if (over !== null) return `calls that waited more than ${limitText(over / 1000)}`;
  for (const [pattern, describe] of FAMILY_WORDS) {
    const parameter = pattern.exec(id)?.[1];
    if (parameter !== undefined) return describe(parameter);
  }
  return COUNTER_WORDS.get(id) ?? id;
}

function shortAfter({ shortAbandonSeconds }: { shortAbandonSeconds?: number | undefined }): string {
  return shortAbandonSeconds === undefined ? "" : `after ${limitText(shortAbandonSeconds)}`;
}

const ATTRITION = { month: "a month", "year-times-12": "a year, twelve times the month", "year-compounded": "a year, compounded" };

/** The choices of a measure in a few words, for the small print beside a target's name. */
function detailOf(measure: Measure): string {
  switch (measure.metric) {
    case "service-level":
      return `within ${limitText(measure.withinSeconds)}`;
    case "tail-share":
      return `waiting over ${limitText(measure.overSeconds)}`;
    case "abandonment":
      return shortAfter(measure);
    case "answer-rate":
      return `of ${measure.denominator === "offered" ? "offered" : "answered and abandoned"}`;
    case "aht":
    case "talk-time":
    case "hold-time":
    case "after-call-work":
      return "per call";
    case "asa":
      return "answered calls";
    case "transfer-rate":
      return `of ${measure.denominator}`;
    case "repeat-contact":
      return `within ${measure.withinDays} days`;
    case "fcr":
      return measure.method === "survey" ? "by survey" : `no repeat within ${measure.withinDays} days`;
    case "csat":
      return measure.method === "top-2-box" ? "answers 4 and 5" : "of 5";
    case "forecast-accuracy":
      return measure.method === "wape" ? "share off the forecast" : "share as forecast";
    default:
      return restOf(measure);
  }
}

function restOf(measure: Measure): string {
  switch (measure.metric) {
    case "qa-score":
      return `form ${measure.form}`;
    case "accuracy":
      return `${measure.errors} errors`;
    case "attrition":
      return ATTRITION[measure.per];
    case "early-survival":
      return `after ${measure.days} days`;
    case "tenure-mix":
      return `agents under ${measure.underDays} days`;
    case "backlog":
      return measure.method === "last" ? "at the end" : "mean of snapshots";
    case "backlog-age":
      return measure.method === "mean" ? "mean of open items" : "oldest item";
    default:
      return "";
  }
}

/** Choices in the order in which they name a variant. */
const CHOICES = [
  "variant",
  "method",
  "denominator",
  "form",
  "errors",
  "per",
  "withinSeconds",
  "overSeconds",
  "withinDays",
  "days",
  "underDays",
];

/** A name that differs wherever a choice changes the number: `service-level/short-excluded/20/5`. */
function variantOf(measure: Measure): string {
  const chosen = new Map<string, string | number | undefined>(Object.entries(measure));
  const parts = [...CHOICES, "shortAbandonSeconds"].map((choice) => chosen.get(choice)).filter((choice) => choice !== undefined);
  return [measure.metric, ...parts].join("/");
}

/** What a person reads beside a target's name, and the exact variant. */
export function describeMeasure(measure: Measure): { detail: string; variant: string } {
  const days = settlingDays(measure);
  const detail = days === 0 ? detailOf(measure) : `${detailOf(measure)}, provisional for ${days} days`;
  return { detail, variant: variantOf(measure) };
}
