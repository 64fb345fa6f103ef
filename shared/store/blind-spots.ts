import type { Redis } from "ioredis";
import type { CompiledTarget } from "../agreement/compiled.ts";
import { DAY_MS } from "../calendar/day.ts";
import { type BlindSpot, blindSpots, type SightedTarget } from "../drift/blind-spots.ts";
import type { DriftLine } from "../drift/drift-line.ts";
import { FeedHealth } from "../protocol/live.ts";
import type { StoredAgreement } from "./agreements.ts";
import { readCalibrations } from "./calibrations.ts";
import { readDriftLines } from "./drift.ts";
import { agreementKeys } from "./keys.ts";

/** A sample that is older says little of how is scored now. */
const CALIBRATED_MS = 92 * DAY_MS;

function sighted({ target, lacks }: CompiledTarget): SightedTarget {
  const { id, name, feed, measure } = target;
  const { metric } = measure;
  const bySurvey = metric === "csat" || metric === "nps" || (metric === "fcr" && measure.method === "survey");
  return { id, name, metric, bySurvey, feed, lacks };
}

/** The last day with a figure, as far as watching for drift has seen one. */
function latestOf(line: DriftLine | undefined): Pick<SightedTarget, "latest"> {
  if (line === undefined || line.state === "unusable") return {};
  if (line.latest !== null) return { latest: line.latest.day };
  return line.recent.length === 0 ? { latest: null } : {};
}

/** What the figures of an agreement do not show now. */
export async function readBlindSpots(
  redis: Redis,
  { agreement, feeds, targets, zone }: StoredAgreement,
  nowMs: number,
): Promise<BlindSpot[]> {
  const [lines, health, calibrations] = await Promise.all([
    readDriftLines(redis, agreement.id),
    redis.hvals(agreementKeys(agreement.id).feeds),
    readCalibrations(redis, agreement.id),
  ]);
  const known = health.map((text) => FeedHealth.parse(JSON.parse(text)));
  const delivered = new Set(known.flatMap(({ feed, lastReceiptAtMs }) => (lastReceiptAtMs === null ? [] : [feed])));
  return blindSpots({
    targets: targets.map((compiled) => ({ ...sighted(compiled), ...latestOf(lines.get(compiled.target.id)?.line) })),
    feeds: feeds.map(({ id, name }) => ({ id, name, hasDelivered: delivered.has(id) })),
    isCalibrated: calibrations.some(({ result, drawnAtMs }) => result !== null && drawnAtMs >= nowMs - CALIBRATED_MS),
    today: zone.localDay(nowMs),
  });
}
