import { z } from "zod";

const Figure = z.number();
const Range = z.strictObject({ low: Figure, high: Figure });

/** What watches a series. `bank`: three CUSUMs calibrated together; `e-detector`: betting, for small and bounded samples; `gross`: one day far out. */
export const Detector = z.enum(["bank", "e-detector", "gross", "events"]);
export type Detector = z.infer<typeof Detector>;

/** One drawn day. Values are in the metric's own unit as its formula gives it: 0.129 for 12.9 %, milliseconds, points. */
const DrawnPoint = z.strictObject({
  day: z.iso.date(),
  /** Contacts, answers or evaluations that the figure rests on. */
  n: z.number(),
  value: Figure,
  /** What the baseline and the season expect of this day. */
  expected: Figure,
  /** Where a day of this volume lies in all but few cases while nothing moves: statistical limits, not contractual. */
  limits: Range,
  /** Exponentially weighted mean, drawn as the line. */
  ewma: Figure,
  /** Confidence sequence of the level since the baseline (or onset), valid however often one looks. */
  sequence: Range.nullable(),
  /** Whether an alarm rests on this day. */
  counted: z.boolean(),
  /** Not final yet, or left out: drawn hatched. */
  open: z.boolean(),
});
export type DrawnPoint = z.infer<typeof DrawnPoint>;

/** A drift that an alarm has told of. */
export const FoundDrift = z.strictObject({
  direction: z.enum(["up", "down"]),
  /** Whether that is the bad side of the metric. */
  worse: z.boolean(),
  by: Detector,
  /** The day whose figures crossed the threshold. */
  raisedOn: z.iso.date(),
  /** The most likely first day of the new level, and the days that 90 % confidence cannot rule out. */
  onset: z.strictObject({ day: z.iso.date(), from: z.iso.date(), to: z.iso.date() }),
  /** How far the level moved, drawn towards nothing as far as chance may have made it; in the metric's unit, with 90 % limits. */
  size: z.strictObject({ estimate: Figure, ...Range.shape }),
  /** The figure since the onset and what it rests on. */
  now: z.strictObject({ value: Figure, n: z.number() }),
  /** The day on which it was back for good, if it was. */
  endedOn: z.iso.date().nullable(),
});
export type FoundDrift = z.infer<typeof FoundDrift>;

/** What watching one series says. */
export const SeriesWatch = z.strictObject({
  /** `learning`: too few days for a baseline. `unusable`: the figure cannot be watched, `why` says so. */
  state: z.enum(["learning", "steady", "drifting", "unusable"]),
  /** In plain words, where the state needs any: "16 of 25 days known". */
  why: z.string().nullable(),
  baseline: z
    .strictObject({
      from: z.iso.date(),
      to: z.iso.date(),
      subgroups: z.int(),
      n: z.number(),
      level: Figure,
      /** How much more days differ than chance alone makes them: 1 = not at all (Laney's sigma-z). */
      dispersion: Figure,
      /** Correlation of a day with the day before. */
      autocorrelation: Figure,
    })
    .nullable(),
  budget: z.strictObject({
    /** One false alarm in so many days is promised. */
    runLength: z.number(),
    /** Days watched since the baseline, and the alarms that came in them. */
    watched: z.int(),
    alarms: z.int(),
  }),
  points: z.array(DrawnPoint),
  /** The standing drift. */
  drift: FoundDrift.nullable(),
  /** Earlier ones, latest first. */
  past: z.array(FoundDrift),
  /** What the latest month says by itself; `null` where nothing is watched yet. */
  month: z
    .strictObject({
      /** `yyyy-mm`, of the last day that counts. */
      of: z.string().regex(/^\d{4}-\d{2}$/u),
      /** The figure of its days so far. */
      value: Figure,
      /** How much likelier they are had the level moved: an e-value, whose expectation is at most 1 while nothing has. */
      evidence: z.number(),
      direction: z.enum(["up", "down"]),
    })
    .nullable(),
});
export type SeriesWatch = z.infer<typeof SeriesWatch>;

/** One bar of the waterfall: what moved the figure, in the metric's unit. Parts sum to the change exactly. */
export const CausePart = z.strictObject({
  kind: z.enum(["mix", "rate", "stayers", "entrants", "leavers", "talk", "hold", "wrap", "noise"]),
  /** Plain words: "Entrants", and "14 agents since 17 Aug". */
  name: z.string(),
  detail: z.string(),
  amount: Figure,
  /** Standard error of the amount, where chance has a part in it. */
  error: Figure.nullable(),
});
export type CausePart = z.infer<typeof CausePart>;

export const Cause = z.strictObject({
  before: z.strictObject({ from: z.iso.date(), to: z.iso.date(), value: Figure, n: z.number() }),
  after: z.strictObject({ from: z.iso.date(), to: z.iso.date(), value: Figure, n: z.number() }),
  /** In the order of the bars; sums to after - before. */
  parts: z.array(CausePart),
  /** The one sentence: "1.8 of the 2.5 points come from 14 agents who joined after 17 August." */
  conclusion: z.string(),
  /** A table that shows the leading part more closely (tenure weeks, queues), or none. */
  closer: z
    .strictObject({
      title: z.string(),
      rows: z.array(z.strictObject({ name: z.string(), n: z.number(), value: Figure, against: Figure, proven: z.boolean() })),
    })
    .nullable(),
});
export type Cause = z.infer<typeof Cause>;

/** Everything the drift page of one target shows. */
export const DriftView = z.strictObject({
  targetId: z.string(),
  version: z.int(),
  /** How the figure is written. */
  unit: z.enum(["ratio", "duration", "score", "points", "count"]),
  worse: z.enum(["down", "up", "both"]),
  ...SeriesWatch.shape,
  cause: Cause.nullable(),
  /** What may stand behind the standing drift instead of the work itself: those who score, or others who answer. */
  besides: z.strictObject({ kind: z.enum(["evaluators", "answers"]), says: z.string() }).nullable(),
  /** Where it leads if it goes on: the probability of missing the open window, and the day on which the contract would be missed. */
  leads: z.strictObject({ missProbability: z.number().nullable(), missedOn: z.iso.date().nullable() }).nullable(),
  /** When it was worked out. */
  atMs: z.int(),
});
export type DriftView = z.infer<typeof DriftView>;
