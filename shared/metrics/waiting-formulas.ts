import type { Formula, Formulas, MeasureOf } from "./measure.ts";
import { limitText } from "./number-text.ts";
import { duration, minus, ratio } from "./terms.ts";

/**
 * The eight service level formulas, with AN answered, AB abandoned, `a` answered within Y, `b` abandoned within Y,
 * `s` abandoned within S, `f` flowed out. Sources: ICMI "Service level calculations" (2005) 1-5, Cisco call type
 * reports (positive, negative, ignore), Genesys Cloud "Include flow-outs", Talkdesk data dictionary.
 * ICMI's example of 1,000 answered and 60 abandoned gives 83.0, 86.0, 81.1, 82.7, 82.1 and 81.9 %.
 */
function serviceLevel(measure: MeasureOf<"service-level">): Formula {
  const y = measure.withinSeconds;
  const short = measure.shortAbandonSeconds ?? 0;
  const a = `answered-within-${y * 1000}` as const;
  const b = `abandoned-within-${y * 1000}` as const;
  const s = `abandoned-within-${short * 1000}` as const;
  const both = ["answered", "abandoned"] as const;
  const within = `answered within ${limitText(y)}`;
  switch (measure.variant) {
    case "positive":
      return ratio([a, b], both, `(${within} + abandoned within ${limitText(y)}) ÷ (answered + abandoned)`);
    case "answered-only":
      return ratio(a, "answered", `${within} ÷ answered`);
    case "negative":
      return ratio(a, both, `${within} ÷ (answered + abandoned)`);
    case "ignore-within":
      return ratio(a, [...both, minus(b)], `${within} ÷ (answered + abandoned − abandoned within ${limitText(y)})`);
    case "short-as-met":
      return ratio([a, s], both, `(${within} + abandoned within ${limitText(short)}) ÷ (answered + abandoned)`);
    case "short-excluded":
      return ratio(a, [...both, minus(s)], `${within} ÷ (answered + abandoned − abandoned within ${limitText(short)})`);
    case "+flowouts":
      return ratio(a, [...both, "flowed-out"], `${within} ÷ (answered + abandoned + flowed out)`);
    case "talkdesk-calls":
      return ratio(
        [a, `missed-within-${y * 1000}`],
        ["answered", "missed"],
        `(${within} + missed within ${limitText(y)}) ÷ (answered + missed)`,
      );
  }
}

const OF = {
  offered: { counters: ["offered"], words: "offered" },
  queued: { counters: ["queued"], words: "queued" },
  "answered-and-abandoned": { counters: ["answered", "abandoned"], words: "answered + abandoned" },
} as const;

function bracketed(words: string): string {
  return words.includes(" ") ? `(${words})` : words;
}

function abandonment(measure: MeasureOf<"abandonment">): Formula {
  const short = measure.shortAbandonSeconds;
  const { counters, words } = OF[measure.denominator];
  if (short === undefined) return ratio("abandoned", counters, `abandoned ÷ ${bracketed(words)}`);
  const less = minus(`abandoned-within-${short * 1000}`);
  const quick = `abandoned within ${limitText(short)}`;
  return ratio(["abandoned", less], [...counters, less], `(abandoned − ${quick}) ÷ (${words} − ${quick})`);
}

function answerRate({ denominator }: MeasureOf<"answer-rate">): Formula {
  const { counters, words } = OF[denominator];
  return ratio("answered", counters, `answered ÷ ${bracketed(words)}`);
}

/** Who waited longer than a limit, however the wait ended: what is left when those within it are taken away. */
function tailShare({ overSeconds }: MeasureOf<"tail-share">): Formulas {
  const ms = overSeconds * 1000;
  const both = ["answered", "abandoned"] as const;
  return [
    ratio(
      [...both, minus(`answered-within-${ms}`), minus(`abandoned-within-${ms}`)],
      both,
      `answered or abandoned after more than ${limitText(overSeconds)} ÷ (answered + abandoned)`,
    ),
    ratio(`waited-over-${ms}`, both, `waited more than ${limitText(overSeconds)} ÷ (answered + abandoned)`),
  ];
}

const LONGEST_WAIT = duration("longest-wait-ms", [], "the longest wait of a caller");
const ASA = duration("answer-wait-ms", "answered", "wait of answered calls ÷ answered");
const BLOCKED_CALLS = ratio("blocked", ["offered", "blocked"], "blocked ÷ (offered + blocked)");

export type WaitingMeasure = MeasureOf<
  "service-level" | "asa" | "longest-wait" | "tail-share" | "abandonment" | "answer-rate" | "blocked-calls"
>;

/** How long callers wait, and what becomes of them. */
export function waitingFormulas(measure: WaitingMeasure): Formulas {
  switch (measure.metric) {
    case "service-level":
      return [serviceLevel(measure)];
    case "asa":
      return [ASA];
    case "longest-wait":
      return [LONGEST_WAIT];
    case "tail-share":
      return tailShare(measure);
    case "abandonment":
      return [abandonment(measure)];
    case "answer-rate":
      return [answerRate(measure)];
    case "blocked-calls":
      return [BLOCKED_CALLS];
  }
}
