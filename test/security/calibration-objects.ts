import { randomUUID } from "node:crypto";
import { QA_FACTS } from "../../shared/facts/qa-fact.ts";
import type { RouteName } from "../../shared/protocol/routes.ts";
import { addFeed } from "../../shared/store/add-feed.ts";
import { readCalibration } from "../../shared/store/calibrations.ts";
import { drawCalibration } from "../../shared/store/draw-calibration.ts";
import { hashKeys, shelfKey } from "../../shared/store/record-shelf.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { exampleFeed } from "../support/sample-feeds.ts";
import type { TestServer } from "../support/server.ts";

const DAY = "2026-03-02";
const ABSENT = { calibrationId: "000000000000", record: "0".repeat(24) };
const BY = { id: "person:stage-client", name: "Stage client", party: "client" } as const;
const PLAIN = { queue: "main", startMs: Date.parse(`${DAY}T12:00:00Z`), form: "sales-2", earned: 8000, possible: 10_000, revision: 1 };
const NOTHING = {
  autoFail: false,
  customerError: false,
  businessError: null,
  complianceError: null,
  nonCriticalCorrect: null,
  nonCriticalItems: null,
  calibrationItems: null,
  calibrationMatches: null,
  agent: null,
  evaluator: null,
};

/** An evaluation in the agreement that may be drawn, as a worker would leave it. */
async function addEvaluation({ redis }: TestServer, agreementId: string): Promise<void> {
  const feed = exampleFeed("qa-feed");
  const of = { agreementId, feed: feed.id };
  await addFeed(redis, { agreementId, feed, text: JSON.stringify(feed), actor: BY.id, nowMs: Date.now() });
  const name = Buffer.from(sha256(new TextEncoder().encode("evaluation 1")).subarray(0, 12));
  await redis.hset(shelfKey(of), "hashes", 1, "facts", 1);
  await redis.hset(hashKeys(of)(0), name, Buffer.from(QA_FACTS.pack({ ...PLAIN, ...NOTHING })));
}

/** What a route about calibrations names; a drawn record where it exists. */
export async function calibrationParams(server: TestServer, name: RouteName, agreementId: string | null): Promise<typeof ABSENT> {
  const isAbout = name === "drawCalibration" || name === "calibration" || name === "scoreAgain";
  if (!isAbout || agreementId === null) return ABSENT;
  await addEvaluation(server, agreementId);
  const draw = {
    agreementId,
    feed: "qa",
    from: DAY,
    to: DAY,
    size: 1,
    seed: "stage",
    operationId: randomUUID(),
    by: BY,
    nowMs: Date.now(),
  };
  const calibrationId = await drawCalibration(server.redis, draw);
  const { records } = await readCalibration(server.redis, agreementId, calibrationId, BY.id);
  return { calibrationId, record: records[0]?.name ?? "" };
}

export function bodyOfCalibrationRoute(name: RouteName): { readonly body?: unknown } {
  const operationId = randomUUID();
  if (name === "drawCalibration") return { body: { feed: "qa", from: DAY, to: DAY, size: 5, operationId } };
  if (name === "scoreAgain") return { body: { said: { score: { earned: 7000, possible: 10_000, critical: false } }, operationId } };
  return {};
}
