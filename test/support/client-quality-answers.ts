import { z } from "zod";
import { CoachingView } from "../../shared/drift/coaching.ts";
import { FIXTURE_NOW_MS } from "./client-fixture.ts";

const NOTED = {
  by: { id: "person:p3", name: "Marisol Reyes", party: "provider" },
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

/** What the server would say of coaching. */
export function qualityAnswer(pathname: string): unknown {
  const [, agreementId, what] = /^\/api\/v1\/agreements\/([^/]+)\/(coaching)$/u.exec(pathname) ?? [];
  if (what === undefined) return undefined;
  return agreementId === "acme-voice" ? COACHING : [];
}
