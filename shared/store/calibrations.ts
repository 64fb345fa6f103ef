import type { Redis } from "ioredis";
import {
  Calibration,
  type CalibrationLine,
  calibrationLine,
  type CalibrationView,
  calibrationView,
  SecondScore,
  type SecondWord,
} from "../drift/calibration.ts";
import { canonicalText } from "../ledger/canonical.ts";
import { AppError } from "../protocol/errors.ts";
import type { PartyActor } from "../settlement/party.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS } from "./person-step.ts";
import { sha256Hex } from "./sha256.ts";

export interface ScoreInput {
  readonly agreementId: string;
  readonly calibrationId: string;
  readonly record: string;
  readonly said: SecondWord;
  /** Random: there are few enough scores to try them all against a hash in the ledger, which both sides read. */
  readonly salt: string;
  readonly operationId: string;
  readonly by: PartyActor;
  readonly nowMs: number;
}

function fieldOf(calibrationId: string, record: string): string {
  return `${calibrationId}.${record}`;
}

async function readScores(redis: Redis, agreementId: string, { id, records }: Calibration): Promise<Map<string, SecondScore>> {
  const fields = records.map(({ name }) => fieldOf(id, name));
  const texts = await redis.hmget(agreementKeys(agreementId).calibrationScores, ...fields);
  const scores = new Map<string, SecondScore>();
  for (const [at, { name }] of records.entries()) {
    const text = texts[at] ?? null;
    if (text !== null) scores.set(name, SecondScore.parse(JSON.parse(text)));
  }
  return scores;
}

async function readOne(redis: Redis, agreementId: string, id: string): Promise<Calibration> {
  const text = await redis.hget(agreementKeys(agreementId).calibrations, id);
  if (text === null) throw new AppError("not-found", "There is no such calibration.", "Look at the list.");
  return Calibration.parse(JSON.parse(text));
}

/** Every calibration of an agreement in short, the latest first. */
export async function readCalibrations(redis: Redis, agreementId: string): Promise<CalibrationLine[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).calibrations);
  const all = texts.map((text) => Calibration.parse(JSON.parse(text))).toSorted((a, b) => b.drawnAtMs - a.drawnAtMs);
  return await Promise.all(all.map(async (each) => calibrationLine(each, await readScores(redis, agreementId, each))));
}

/** @throws AppError `not-found`. */
export async function readCalibration(redis: Redis, agreementId: string, id: string, reader: string): Promise<CalibrationView> {
  const calibration = await readOne(redis, agreementId, id);
  return calibrationView(calibration, await readScores(redis, agreementId, calibration), reader);
}

function refuseOdd(said: SecondWord): void {
  if (!("score" in said)) return;
  const { earned, possible } = said.score;
  if (possible === 0 || earned > possible)
    throw new AppError("bad-request", "Points earned are at most the points possible.", "Look at both again.");
}

/**
 * Takes what the second scorer says of one record. It stays: whoever could change it later could do so after seeing the first score.
 *
 * @throws AppError `not-found`; `bad-request`; `conflict` where somebody has scored it.
 */
export async function scoreAgain(redis: Redis, input: ScoreInput): Promise<CalibrationView> {
  const { agreementId, calibrationId, record, said, salt, by, nowMs } = input;
  const calibration = await readOne(redis, agreementId, calibrationId);
  if (!calibration.records.some(({ name }) => name === record))
    throw new AppError("not-found", "This record was not drawn.", "Look at the list.");
  refuseOdd(said);
  const { calibrationScores } = agreementKeys(agreementId);
  const field = fieldOf(calibrationId, record);
  const second: SecondScore = { said, salt, by, atMs: nowMs };
  const sha256 = sha256Hex(canonicalText({ said, salt }));
  const result = await commit(redis, {
    agreementId,
    operationId: personalOperation(`score-${field}`, input),
    rememberSeconds: REMEMBER_SECONDS,
    nowMs,
    expect: [{ key: calibrationScores, field, is: "" }],
    writes: [["HSET", calibrationScores, field, JSON.stringify(second)]],
    ledger: [
      { v: 1, kind: "calibration-scored", agreement: agreementId, atMs: nowMs, actor: by.id, calibration: calibrationId, record, sha256 },
    ],
    events: [{ kind: "quality:changed", about: "calibration", id: calibrationId }],
  });
  if (result.kind === "conflict") throw new AppError("conflict", "This record is scored already.", "A second score stays as it is.");
  return calibrationView(calibration, await readScores(redis, agreementId, calibration), by.id);
}
