import { z } from "zod";
import { addDays, type Day } from "../calendar/day.ts";
import type { MetricId } from "../metrics/measure.ts";
import { dayText } from "./cause-words.ts";

/** Something that the agreement's figures do not show, and what to ask the provider for. */
export const BlindSpot = z.strictObject({
  /** `unmeasured`: agreed, and without figures. `alone`: measured without the companion that shows its price. */
  kind: z.enum(["unmeasured", "alone"]),
  /** Names it among the spots of an agreement. */
  id: z.string(),
  /** The target it is about, if it is about one. */
  targetId: z.string().nullable(),
  sentence: z.string(),
  /** After "Ask for". */
  ask: z.string(),
});
export type BlindSpot = z.infer<typeof BlindSpot>;

/** A target as far as blind spots depend on it. */
export interface SightedTarget {
  readonly id: string;
  readonly name: string;
  readonly metric: MetricId;
  /** Of `fcr`, `csat` and the like: answers to a survey. */
  readonly bySurvey: boolean;
  readonly feed: string;
  /** Why the feed can never answer it. */
  readonly lacks: string | null;
  /** The last day with a figure; `null` where there is none, left out where nobody has looked. */
  readonly latest?: Day | null;
}

export interface SightedAgreement {
  readonly targets: readonly SightedTarget[];
  readonly feeds: readonly { readonly id: string; readonly name: string; readonly hasDelivered: boolean }[];
  /** Whether a sample of evaluations was scored a second time lately. */
  readonly isCalibrated: boolean;
  readonly today: Day;
}

/** A monthly figure of last month is no gap. */
const SILENT_DAYS = 45;

type Spot = Omit<BlindSpot, "kind">;

function ofFeeds({ feeds, targets }: SightedAgreement): Spot[] {
  return feeds
    .filter(({ hasDelivered }) => !hasDelivered)
    .map(({ id, name }) => {
      const readers = targets.filter(({ feed }) => feed === id).map((target) => target.name);
      const loss = readers.length === 0 ? "" : ` ${readers.join(", ")} ${readers.length === 1 ? "has" : "have"} no figure without it.`;
      return {
        id: `feed.${id}`,
        targetId: null,
        sentence: `"${name}" is agreed as a feed and has never been handed in.${loss}`,
        ask: `the first file of "${name}", and from when on it will come.`,
      };
    });
}

function ofTargets({ targets, feeds, today }: SightedAgreement): Spot[] {
  const silent = new Set(feeds.filter(({ hasDelivered }) => !hasDelivered).map(({ id }) => id));
  return targets.flatMap(({ id, name, feed, lacks, latest }): Spot[] => {
    const about = { id: `target.${id}`, targetId: id };
    if (lacks !== null)
      return [
        {
          ...about,
          sentence: `${name} is agreed and can never be measured: ${lacks}.`,
          ask: "a feed that has it, or another measure in the next version.",
        },
      ];
    if (silent.has(feed) || latest === undefined) return [];
    if (latest === null)
      return [{ ...about, sentence: `${name} is agreed, and no day has a figure.`, ask: "the records or counts behind it." }];
    if (latest >= addDays(today, -SILENT_DAYS)) return [];
    return [
      {
        ...about,
        sentence: `${name} is agreed, and has had no figure since ${dayText(latest)}.`,
        ask: `what has come in its place, and the days since ${dayText(latest)}.`,
      },
    ];
  });
}

/** A metric, what shows its price, and what its figures hide without. */
interface Companion {
  readonly id: string;
  readonly of: (target: SightedTarget) => boolean;
  readonly beside: (agreement: SightedAgreement) => boolean;
  readonly sentence: (name: string) => string;
  readonly ask: string;
}

function has(...metrics: readonly MetricId[]): (agreement: SightedAgreement) => boolean {
  return ({ targets }) => targets.some(({ metric }) => metrics.includes(metric));
}

const COMPANIONS: readonly Companion[] = [
  {
    id: "calibration",
    of: ({ metric }) => metric === "qa-score" || metric === "accuracy",
    beside: (agreement) => agreement.isCalibrated || has("calibration")(agreement),
    sentence: (name) => `${name} is the provider's own judgement, and nobody has scored any of it a second time in the last three months.`,
    ask: "access to recordings, and draw a sample to score again.",
  },
  {
    id: "response-rate",
    of: ({ bySurvey }) => bySurvey,
    beside: has("response-rate"),
    sentence: (name) => `${name} speaks for those who answered, and how many were asked and did not is not known.`,
    ask: "invitations beside the answers, and agree on a response rate.",
  },
  {
    id: "repeats",
    of: ({ metric }) => metric === "aht" || metric === "talk-time",
    beside: has("repeat-contact", "fcr"),
    sentence: (name) => `${name} can be bought by sending callers away unhelped, and nothing counts those who call again.`,
    ask: "contacts with a caller's key (hashed will do), and agree on repeat contacts or resolution at first contact.",
  },
  {
    id: "abandonment",
    of: ({ metric }) => metric === "service-level",
    beside: has("abandonment", "answer-rate"),
    sentence: (name) => `${name} can be met while callers give up, and nothing counts these.`,
    ask: "abandoned contacts with their waits, and agree on abandonment.",
  },
  {
    id: "tail",
    of: ({ metric }) => metric === "service-level",
    beside: has("tail-share", "longest-wait"),
    sentence: (name) => `${name} says nothing of those whom it misses: they may wait a minute or an hour.`,
    ask: "waits of single contacts or the longest wait, and agree on the share that waits too long.",
  },
  {
    id: "tenure",
    of: ({ metric }) => metric === "attrition" || metric === "early-survival",
    beside: has("tenure-mix"),
    sentence: (name) => `${name} counts who leaves, and how much of the work new agents do is not measured.`,
    ask: "a roster with the days on which agents began, and agree on the tenure mix.",
  },
];

function alone(agreement: SightedAgreement): Spot[] {
  const missing = COMPANIONS.flatMap(({ id, of, beside, sentence, ask }): Spot[] => {
    const first = agreement.targets.find(of);
    return first === undefined || beside(agreement)
      ? []
      : [{ id: `without.${id}`, targetId: first.id, sentence: sentence(first.name), ask }];
  });
  if (has("qa-score", "accuracy")(agreement)) return missing;
  const sentence = "Nothing that is agreed looks at what was said in a contact.";
  return [
    ...missing,
    { id: "without.qa", targetId: null, sentence, ask: "evaluations with agent, form, points and critical errors, and agree on a score." },
  ];
}

/**
 * What is agreed and not measured, and what is measured without the companion that shows its price. A companion counts for the whole
 * agreement, whatever queues it speaks of.
 */
export function blindSpots(agreement: SightedAgreement): BlindSpot[] {
  const unmeasured = [...ofFeeds(agreement), ...ofTargets(agreement)].map((spot) => ({ kind: "unmeasured" as const, ...spot }));
  return [...unmeasured, ...alone(agreement).map((spot) => ({ kind: "alone" as const, ...spot }))];
}
