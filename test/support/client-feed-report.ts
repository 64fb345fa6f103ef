import { FeedReport } from "../../shared/protocol/feed-report.ts";
import { buildReceipt, FIXTURE_NOW_MS } from "./client-fixture.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A report with something of everything: a gap of hours, a queue under a new name, the same counts too often. */
export function feedReportAnswer(feedId: string): FeedReport {
  const feed = {
    feedId,
    feed: feedId.slice(feedId.indexOf(".") + 1),
    lastReceiptAtMs: FIXTURE_NOW_MS,
    dueAtMs: null,
    everyMs: null,
    openReceipts: 0,
  };
  const isIntervals = feedId.endsWith("intervals");
  const at = (hoursAgo: number): number => FIXTURE_NOW_MS - (FIXTURE_NOW_MS % HOUR_MS) - hoursAgo * HOUR_MS;
  return FeedReport.parse({
    feed: { ...feed, name: "ACD intervals", kind: isIntervals ? "interval" : "survey", state: "fresh" },
    timeZone: "Asia/Manila",
    month: "2026-09",
    unit: isIntervals ? "interval" : "day",
    queues: isIntervals
      ? [
          { queue: "CLAIMS_PH", expected: 962, present: 958 },
          { queue: "SALES_PH", expected: 962, present: 962 },
          { queue: "SALES_PH_2026", expected: 300, present: 288 },
        ]
      : [{ queue: "all", expected: 20, present: 20 }],
    gaps: isIntervals
      ? [
          { queue: "CLAIMS_PH", fromMs: at(29), toMs: at(27), count: 4 },
          { queue: "SALES_PH_2026", fromMs: at(82), toMs: at(76), count: 12 },
        ]
      : [],
    lag: isIntervals ? { p50Ms: 4 * 60_000, p90Ms: 11 * 60_000, intervals: 2208 } : null,
    errors: { receipts: 100, rows: 4120, refused: 12, refusedFiles: isIntervals ? 1 : 0 },
    vanished: isIntervals ? [{ queue: "SALES_EN", lastMs: at(190), looksLike: "SALES_PH_2026" }] : [],
    suspicions: isIntervals
      ? [
          {
            queue: "CLAIMS_PH",
            fromMs: FIXTURE_NOW_MS - 3 * DAY_MS,
            toMs: FIXTURE_NOW_MS - 3 * DAY_MS + 4 * HOUR_MS,
            question: "Why does CLAIMS_PH have the same counts 8 times in a row?",
            evidence: "All counts are equal in 8 intervals, 2026-09-18 08:00 to 2026-09-18 12:00.",
            innocent: ["An export that failed and repeated its last answer.", "A test queue with generated calls."],
          },
        ]
      : [],
    receipts: [buildReceipt({ number: 88_214, feedId })],
  });
}
