import { AlertReport } from "../../shared/alerts/report.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function lengths(n: number, meanMinutes: number | null, medianMinutes: number | null) {
  return {
    n,
    meanMs: meanMinutes === null ? null : meanMinutes * MINUTE_MS,
    medianMs: medianMinutes === null ? null : medianMinutes * MINUTE_MS,
  };
}

/** A month of alerts of the fixture, with a noisy day, a noisy outlook and a rule that is fine. */
export function alertReportAnswer(nowMs: number, days: number): AlertReport {
  const quiet = { useful: 0, noise: 0, endedSoon: 0, flapped: 0, suggestion: null };
  const only = { window: null, spend: null };
  return AlertReport.parse({
    fromMs: nowMs - days * DAY_MS,
    toMs: nowMs,
    ...(days < 30
      ? { told: 0, escalated: 0, endedUnanswered: 0, stillUnanswered: 0, voided: 0, times: [], rules: [] }
      : {
          told: 41,
          escalated: 6,
          endedUnanswered: 12,
          stillUnanswered: 2,
          voided: 1,
          times: [
            { party: "provider", severity: "critical", acknowledge: lengths(11, 9.4, 6.2), resolve: lengths(10, 212, 95) },
            { party: "provider", severity: "warning", acknowledge: lengths(9, 71, 44), resolve: lengths(9, 402, 260) },
            { party: "client", severity: "critical", acknowledge: lengths(5, 31, 26), resolve: lengths(4, 330, 284) },
            { party: "client", severity: "high", acknowledge: lengths(1, 0.7, 0.7), resolve: lengths(0, null, null) },
            { party: null, severity: "warning", acknowledge: lengths(1, 122, 122), resolve: lengths(1, 1500, 1500) },
          ],
          rules: [
            {
              rule: { kind: "target", about: "asa", window: "day", spend: null },
              episodes: 14,
              useful: 0,
              noise: 5,
              endedSoon: 8,
              flapped: 2,
              suggestion: { change: "hold", holdMs: 10 * MINUTE_MS, spared: 8 },
            },
            {
              ...quiet,
              rule: { kind: "outlook", about: "service-level", window: "month", spend: null },
              episodes: 4,
              noise: 3,
              suggestion: { change: "warning-level", spared: 3 },
            },
            { ...quiet, rule: { ...only, kind: "feed", about: "acd-intervals" }, episodes: 9, useful: 6, noise: 1 },
            { ...quiet, rule: { kind: "spend", about: "service-level", window: "month", spend: "2-percent" }, episodes: 3, useful: 2 },
            { ...quiet, rule: { ...only, kind: "restatement", about: null }, episodes: 2, useful: 1 },
          ],
        }),
  });
}
