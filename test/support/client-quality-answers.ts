import { z } from "zod";
import { blindSpots } from "../../shared/drift/blind-spots.ts";
import { Calibration, calibrationLine, calibrationView, type SecondScore } from "../../shared/drift/calibration.ts";
import { Incubation } from "../../shared/drift/incubation.ts";
import { CoachingView } from "../../shared/drift/coaching.ts";
import { agreementPath } from "./agreement-path.ts";
import { FIXTURE_DAY, FIXTURE_NOW_MS, seeded } from "./client-fixture.ts";
import { DANIEL, MARISOL } from "./client-people.ts";

const NOTED = {
  by: MARISOL,
  notedAtMs: FIXTURE_NOW_MS - 9 * 86_400_000,
  days: 28,
} as const;

const COACHING = z.array(CoachingView).parse([
  {
    action: {
      ...NOTED,
      id: "c2",
      targetId: "aht",
      kind: "knowledge",
      cohort: { queues: ["claims"] },
      startDay: "2026-09-17",
      words: "New article on motor claims, and where to find it",
    },
    effect: { state: "unknown", why: "Too early to say: 4 of 7 days with figures since the start." },
  },
  {
    action: {
      ...NOTED,
      id: "c1",
      targetId: "aht",
      kind: "side-by-side",
      cohort: { joinedAfter: "2026-08-25" },
      startDay: "2026-09-07",
      words: "Two hours a week each with somebody who has been here for a year",
    },
    effect: {
      state: "measured",
      difference: -24_600,
      low: -38_200,
      high: -11_000,
      cohort: { before: 447_000, after: 418_000, sample: 5120 },
      others: { before: 363_200, after: 358_800, sample: 41_880 },
      clusters: { by: "agent", cohort: 14, others: 61 },
      unit: "duration",
      // Handle time asks a question either way.
      worse: "both",
      to: "2026-09-20",
    },
  },
  {
    action: {
      ...NOTED,
      id: "c3",
      targetId: "abandonment",
      kind: "script",
      cohort: { queues: ["home", "travel"] },
      startDay: "2026-08-24",
      words: "Shorter greeting, wait announced",
    },
    effect: {
      state: "measured",
      difference: -0.012,
      low: -0.021,
      high: -0.003,
      cohort: { before: 0.051, after: 0.044, sample: 24_300 },
      others: { before: 0.036, after: 0.041, sample: 51_870 },
      clusters: { by: "day", cohort: 27, others: 27 },
      unit: "ratio",
      worse: "up",
      to: "2026-09-20",
    },
  },
]);

/** Twelve evaluations by two evaluators, of whom one is generous; all but so many are scored a second time. */
function buildCalibration(id: string, left: number): { readonly calibration: Calibration; readonly scores: Map<string, SecondScore> } {
  const random = seeded(7);
  const records = Array.from({ length: 12 }, (_, at) => {
    const earned = Math.round(70 + 25 * random()) * 100;
    return {
      name: (at * 7919 + 4096).toString(16).padStart(24, "3b"),
      queue: at % 3 === 0 ? "motor" : "claims",
      startMs: FIXTURE_NOW_MS - (9 * 24 - at * 7) * 3_600_000,
      agent: `a${4711 + at}`,
      evaluator: at % 2 === 0 ? "e204" : "e377",
      form: "claims-3",
      first: { earned, possible: 10_000, critical: at % 5 === 0 },
    };
  });
  const about = { id, feed: "qa", from: "2026-09-07", to: "2026-09-13", seed: "9f3c51a07be2d8446a1b0c9e77d25f10" };
  const drawn = { population: 412, populationSha256: "0".repeat(64), by: DANIEL, drawnAtMs: FIXTURE_NOW_MS - 5 * 86_400_000 };
  const scores = records.slice(0, records.length - left).map(({ name, evaluator, first }, at): [string, SecondScore] => {
    const earned = Math.min(10_000, first.earned - Math.round((evaluator === "e204" ? 9 : 1) + 6 * random() - 3) * 100);
    const said = at === 3 ? { leftOut: "No recording" } : { score: { earned, possible: 10_000, critical: at % 5 === 0 || at === 7 } };
    return [name, { said, by: DANIEL, atMs: FIXTURE_NOW_MS - 86_400_000 }];
  });
  return { calibration: Calibration.parse({ ...about, ...drawn, records }), scores: new Map(scores) };
}

const CALIBRATIONS = [buildCalibration("k2", 7), buildCalibration("k1", 0)];

const INCUBATION = Incubation.parse({
  targetId: "csat",
  goLive: "2026-08-31",
  week: 4,
  lastWeek: 6,
  finally: "≥\u00a04.20",
  weeks: [
    { start: "2026-08-31", figure: "3.71", n: 180, expected: "≥\u00a03.80", standing: "below", reaches: false },
    { start: "2026-09-07", figure: "4.04", n: 212, expected: "≥\u00a03.80", standing: "on-curve", reaches: false },
    { start: "2026-09-14", figure: "4.22", n: 204, expected: "≥\u00a04.00", standing: "on-curve", reaches: true },
    { start: FIXTURE_DAY, figure: "4.31", n: 12, expected: "≥\u00a04.00", standing: "open", reaches: false },
  ],
  gate: { weeks: 3, minimumSample: 100, inRow: 1, passedWith: null },
});

const BLIND_SPOTS = blindSpots({
  targets: (["service-level", "abandonment", "aht", "csat"] as const).map((metric) => {
    const name = { "service-level": "Service level", abandonment: "Abandonment", aht: "Handle time", csat: "Satisfaction" }[metric];
    const lacks = metric === "abandonment" ? "the feed has no count of abandoned contacts" : null;
    return { id: metric, name, metric, bySurvey: metric === "csat", feed: "acd-intervals", lacks, latest: "2026-09-20" };
  }),
  feeds: [{ id: "roster", name: "Monthly roster", hasDelivered: false }],
  isCalibrated: false,
  today: FIXTURE_DAY,
});

const KINDS: ReadonlySet<string> = new Set(["coaching", "calibrations", "blind-spots", "incubation"]);

/** What the server would say of coaching and calibration. */
export function qualityAnswer(pathname: string): unknown {
  const { agreementId, what, id } = agreementPath(pathname) ?? {};
  if (what === undefined || !KINDS.has(what)) return undefined;
  if (what === "blind-spots") return BLIND_SPOTS;
  if (agreementId !== "acme-voice") return [];
  if (what === "incubation") return [INCUBATION];
  if (what === "coaching") return COACHING;
  if (id === undefined) return CALIBRATIONS.map(({ calibration, scores }) => calibrationLine(calibration, scores));
  const one = CALIBRATIONS.find(({ calibration }) => calibration.id === id);
  return one === undefined ? undefined : calibrationView(one.calibration, one.scores, DANIEL.id);
}
