import { addDays, daysBetween } from "../../shared/calendar/day.ts";
import { driftLine, driftList } from "../../shared/drift/drift-line.ts";
import type { DriftPoint, SeriesKind } from "../../shared/drift/drift-point.ts";
import { type Cause, DriftView } from "../../shared/drift/drift-view.ts";
import { watchSeries } from "../../shared/drift/watch-series.ts";
import type { MeasureUnit } from "../../shared/metrics/measure.ts";
import { type RandomStream, randomStream } from "../../shared/stats/random.ts";
import { drawNormal } from "../../shared/stats/random-draws.ts";
import { agreementPath } from "./agreement-path.ts";
import { FIXTURE_DAY, FIXTURE_NOW_MS } from "./client-fixture.ts";

/** Twenty weeks that are over. */
const FIRST = addDays(FIXTURE_DAY, -140);

interface Series {
  readonly targetId: string;
  readonly unit: MeasureUnit;
  readonly kind: SeriesKind;
  readonly worse: DriftView["worse"];
  readonly from?: string;
  readonly perDay: number;
  /** The level of a day, in the metric's unit. */
  readonly level: (day: string) => number;
  /** Standard deviation of what one contact adds. */
  readonly spread: number;
  /** Days without data. */
  readonly missing?: (day: string) => boolean;
  /** Days that may still change. */
  readonly openDays?: number;
}

function pointsOf({ targetId, from = FIRST, perDay, level, spread, missing, openDays = 0 }: Series): DriftPoint[] {
  const stream: RandomStream = randomStream(targetId);
  const days = daysBetween(from, addDays(FIXTURE_DAY, -1)).filter((day) => missing?.(day) !== true);
  return days.map((day): DriftPoint => {
    const n = Math.max(1, Math.round(perDay * (1 + 0.08 * drawNormal(stream))));
    const num = Math.max(0, Math.round(n * level(day) + Math.sqrt(n) * spread * 1.15 * drawNormal(stream)));
    return { day, n, num, ...(day > addDays(FIXTURE_DAY, -1 - openDays) ? { open: true as const } : {}) };
  });
}

/** Handle time by new hires: the story of the page. */
const HANDLE_TIME: Series = {
  targetId: "aht",
  unit: "duration",
  kind: "log-mean",
  worse: "both",
  perDay: 1980,
  level: (day) => (day < "2026-08-26" ? 358_400 : 371_600),
  spread: 420_000,
};

const SERIES: readonly Series[] = [
  {
    targetId: "service-level",
    unit: "ratio",
    kind: "share",
    worse: "down",
    perDay: 2140,
    level: (day) => (day < "2026-08-10" ? 0.786 : 0.799),
    spread: 0.41,
  },
  {
    targetId: "abandonment",
    unit: "ratio",
    kind: "share",
    worse: "up",
    perDay: 2140,
    level: (day) => (day < "2026-09-01" ? 0.0391 : 0.0462),
    spread: 0.2,
    missing: (day) => day >= "2026-08-10" && day <= "2026-08-13",
    openDays: 4,
  },
  HANDLE_TIME,
  {
    targetId: "asa",
    unit: "duration",
    kind: "mean",
    worse: "up",
    perDay: 1980,
    level: (day) => (day >= "2026-07-14" && day < "2026-08-02" ? 20_400 : 17_300),
    spread: 21_000,
  },
  { targetId: "csat", unit: "score", kind: "mean", worse: "down", from: "2026-09-05", perDay: 8, level: () => 4.2, spread: 0.8 },
];

const ENTRANTS: Cause = {
  before: { from: "2026-07-29", to: "2026-08-25", value: 358_400, n: 55_410 },
  after: { from: "2026-08-26", to: "2026-09-20", value: 369_300, n: 53_080 },
  parts: [
    {
      kind: "entrants",
      name: "Entrants",
      detail: "14 agents who joined after 25 Aug: 7:21 against 6:03 of those who stayed",
      amount: 8_200,
      error: 900,
    },
    { kind: "stayers", name: "Stayers", detail: "61 agents before and since: 6:00 before, 6:03 since", amount: 2_700, error: 700 },
    {
      kind: "leavers",
      name: "Leavers",
      detail: "5 agents not seen since 26 Aug: 6:08 against 6:00 of those who stayed",
      amount: -1_000,
      error: 300,
    },
    {
      kind: "noise",
      name: "Not distinguishable from noise",
      detail: "Mix of queues: each below 3 standard errors",
      amount: 1_000,
      error: null,
    },
  ],
  conclusion: "8.2\u00a0s of the 10.9\u00a0s by which the figure rose, from 5:58 to 6:09, come from 14 agents who joined after 25 Aug.",
  closer: {
    title: "Entrants by tenure, against those who stayed",
    rows: [
      { name: "Weeks 1–2", n: 1904, value: 458_000, against: 363_000, proven: true },
      { name: "Weeks 3–4", n: 1122, value: 411_000, against: 363_000, proven: true },
      { name: "Weeks 5–8", n: 86, value: 379_000, against: 363_000, proven: false },
    ],
  },
};

const MIX: Cause = {
  before: { from: "2026-08-04", to: "2026-08-31", value: 0.0391, n: 51_360 },
  after: { from: "2026-09-01", to: "2026-09-16", value: 0.0462, n: 34_240 },
  parts: [
    {
      kind: "mix",
      name: "Mix of queues",
      detail: "motor: 31\u00a0% of the volume before, 47\u00a0% since",
      amount: 0.0064,
      error: 0.0006,
    },
    {
      kind: "noise",
      name: "Not distinguishable from noise",
      detail: "motor, home, travel: each below 3 standard errors",
      amount: 0.0007,
      error: null,
    },
  ],
  conclusion:
    "Mix, not performance: 0.6\u00a0pp of the 0.7\u00a0pp by which the figure rose, from 3.9\u00a0% to 4.6\u00a0%, come from a different mix of queues (motor: 31\u00a0% of the volume before, 47\u00a0% since); what is left cannot be told from noise.",
  closer: {
    title: "By queue, before and since",
    rows: [
      { name: "motor", n: 16_090, value: 0.0668, against: 0.0652, proven: false },
      { name: "home", n: 10_950, value: 0.0311, against: 0.0308, proven: false },
    ],
  },
};

const BESIDES: Readonly<Record<string, Partial<DriftView>>> = {
  aht: { cause: ENTRANTS, leads: { missProbability: 0.31, missedOn: "2026-10-31" } },
  abandonment: { cause: MIX, leads: { missProbability: 0.11, missedOn: null } },
};

function viewOf(series: Series): DriftView {
  const { targetId, unit, kind, worse } = series;
  const watch = watchSeries(pointsOf(series), { kind, worse, runLength: 335, baseline: null });
  const about = { targetId, version: 3, unit, worse, cause: null, besides: null, leads: null, atMs: FIXTURE_NOW_MS - 22 * 60_000 };
  return DriftView.parse({ ...about, ...watch, ...BESIDES[targetId] });
}

const CHAT_UNUSABLE: DriftView = {
  ...viewOf({ ...HANDLE_TIME, from: FIXTURE_DAY }),
  targetId: "service-level",
  unit: "ratio",
  worse: "down",
  state: "unusable",
  why: "The feed can never answer this: it counts answered chats within 30 s only.",
  cause: null,
  leads: null,
};

/** What the server would say of drift: two that have moved, two steady, one learning; in the other agreement one that cannot be watched. */
export function driftAnswer(pathname: string): unknown {
  const path = agreementPath(pathname);
  if (path?.what !== "drift") return undefined;
  const { agreementId, id: targetId } = path;
  const views = agreementId === "acme-voice" ? SERIES.map(viewOf) : [CHAT_UNUSABLE];
  if (targetId === undefined) return driftList(views.map(driftLine), 1);
  return views.find((view) => view.targetId === targetId);
}
