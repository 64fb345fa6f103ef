import { type Day, DAY_MS, utcStartOf } from "../calendar/day.ts";
import type { MeasureUnit, MetricId } from "../metrics/measure.ts";
import { amountText, dayText, figureText } from "./cause-words.ts";
import type { FoundDrift, SeriesWatch } from "./drift-view.ts";
import { normalCdf } from "../stats/normal.ts";
import { ASKED_AT, type Question, type QuestionRule } from "./question.ts";
import { oddsText } from "./question-words.ts";

/** A watched target. Two of them are held together when their cohorts are the same: the same agreement and queues. */
export interface WatchedTarget {
  readonly targetId: string;
  readonly name: string;
  readonly metric: MetricId;
  readonly unit: MeasureUnit;
  readonly cohort: string;
  /** Whether the open window reaches what was agreed so far; `null` where nothing is known. */
  readonly met: boolean | null;
  readonly drift: SeriesWatch["drift"];
}

interface Pair {
  readonly rule: QuestionRule;
  /** The figure that looks good. */
  readonly good: (target: WatchedTarget) => boolean;
  /** The one that pays for it. */
  readonly price: (target: WatchedTarget) => boolean;
  readonly question: (good: WatchedTarget, price: WatchedTarget) => string;
  readonly innocent: readonly string[];
}

/** Metrics and the sides of their drifts. */
function drifts(metrics: readonly MetricId[], side: "up" | "down" | "worse" | "better"): (target: WatchedTarget) => boolean {
  return ({ metric, drift }) => {
    if (drift === null || !metrics.includes(metric)) return false;
    return side === "up" || side === "down" ? drift.direction === side : drift.worse === (side === "worse");
  };
}

const PAIRS: readonly Pair[] = [
  {
    rule: "quicker-but-worse",
    good: drifts(["aht", "talk-time"], "down"),
    price: drifts(["repeat-contact", "transfer-rate", "accuracy", "qa-score", "fcr", "csat"], "worse"),
    question: (good, price) => `Is ${good.name} bought at the price of ${price.name}?`,
    innocent: [
      "Simple contacts came in that are soon dealt with, and others with a harder matter besides.",
      "A tool or a briefing made talks shorter while something else, such as a product fault, brings customers back.",
      "New agents who both pass on more and talk less.",
    ],
  },
  {
    rule: "met-with-a-tail",
    good: ({ metric, met, drift }) => metric === "service-level" && met === true && drift?.worse !== true,
    price: drifts(["longest-wait", "asa", "tail-share", "abandonment"], "worse"),
    question: (good, price) => `Is ${good.name} met while those who miss it wait longer and longer (${price.name})?`,
    innocent: [
      "A few hours with an outage, in which everybody waited.",
      "A queue with few agents and long talks has more contacts than before.",
      "More callers than forecast at times in which staff cannot be raised.",
    ],
  },
  {
    rule: "fewer-invitations",
    good: drifts(["csat", "nps"], "better"),
    price: drifts(["response-rate"], "down"),
    question: (good) => `Did ${good.name} rise because fewer customers are asked?`,
    innocent: [
      "The survey moved to another channel or moment, in which fewer and other people answer.",
      "Customers who are asked often answer less, and the service did get better.",
    ],
  },
];

/** Onsets further apart than this are two stories. */
const APART_DAYS = 14;

function movedText({ name, unit }: WatchedTarget, { direction, size, now, onset }: FoundDrift): string {
  const moved = `${direction === "down" ? "fell" : "rose"} by about ${amountText(size.estimate, unit)} to ${figureText(now.value, unit)}`;
  return `${name} ${moved} since about ${dayText(onset.day)} (${dayText(onset.from)} to ${dayText(onset.to)}).`;
}

function daysFrom(first: Day, last: Day): number {
  return (utcStartOf(last) - utcStartOf(first)) / DAY_MS;
}

/** Days between two spans of days, 0 where they meet. */
function gap(one: FoundDrift["onset"], other: FoundDrift["onset"]): number {
  return Math.max(0, daysFrom(one.to, other.from), daysFrom(other.to, one.from));
}

/** Half of the range of a size covers 90 %, so many standard errors on either side. */
const SIGMAS_90 = 1.6448536269514722;

/**
 * P(a move so large in this direction), from the size as the detectors give it: drawn towards nothing, so that it is no smaller than it
 * should be for having raised the alarm. An alarm alone is no reason: each series may raise false ones as often as was agreed.
 */
function chanceOf({ direction, size }: FoundDrift): number {
  const error = (size.high - size.low) / 2 / SIGMAS_90;
  const along = direction === "down" ? -size.estimate : size.estimate;
  return error > 0 ? normalCdf(-along / error) : 1;
}

function ask(pair: Pair, good: WatchedTarget, price: WatchedTarget): Question | null {
  const [gain, loss] = [good.drift, price.drift];
  if (loss === null || (gain !== null && pair.rule !== "met-with-a-tail" && gap(gain.onset, loss.onset) > APART_DAYS)) return null;
  const alone = gain === null || pair.rule === "met-with-a-tail";
  const chance = Math.max(alone ? 0 : chanceOf(gain), chanceOf(loss));
  if (chance > ASKED_AT) return null;
  const moved = alone ? `${good.name} is met.` : movedText(good, gain);
  return {
    rule: pair.rule,
    about: good.targetId,
    question: pair.question(good, price),
    evidence: [moved, movedText(price, loss), `Both are of the same queues. Chance moves a figure so far in ${oddsText(chance)} months.`],
    innocent: pair.innocent,
    chance,
  };
}

/**
 * Figures of one cohort that got better while another paid for it, as questions: quicker but worse, met with a growing tail, fewer
 * invitations with better answers. Both must have moved by the detectors' own account and by so much that chance does it in at most one of
 * 1,000 months, with onsets at most 14 days apart.
 *
 * @returns one question per pair, none where only one has moved; `chance` is the larger one of the two.
 */
export function pairQuestions(targets: readonly WatchedTarget[]): Question[] {
  return PAIRS.flatMap((pair) =>
    targets
      .filter(pair.good)
      .flatMap((good) =>
        targets
          .filter((price) => price.cohort === good.cohort && price.targetId !== good.targetId && pair.price(price))
          .flatMap((price) => ask(pair, good, price) ?? []),
      ),
  );
}
