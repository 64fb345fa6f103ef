import type { Redis } from "ioredis";
import { daysBetween } from "../calendar/day.ts";
import type { Calibration, DrawnRecord } from "../drift/calibration.ts";
import { QA_FACTS, type QaFact } from "../facts/qa-fact.ts";
import { AppError } from "../protocol/errors.ts";
import type { PartyActor } from "../settlement/party.ts";
import { readAgreement, type StoredAgreement } from "./agreements.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS } from "./person-step.ts";
import { readNamedFacts } from "./record-facts.ts";
import { sha256Hex } from "./sha256.ts";

export interface DrawInput {
  readonly agreementId: string;
  readonly feed: string;
  /** Local days of the agreement, both included. */
  readonly from: string;
  readonly to: string;
  readonly size: number;
  /** Random, made by the server for this draw. */
  readonly seed: string;
  readonly operationId: string;
  readonly by: PartyActor;
  readonly nowMs: number;
}

const MOST_DAYS = 366;
/** Each is read with all its scores for the list of them. */
const MOST_CALIBRATIONS = 300;

/** A critical error of any sort, or one that fails the whole call; `null` where the form knows of none. */
function criticalOf({ autoFail, customerError, businessError, complianceError }: QaFact): boolean | null {
  const known = [customerError, businessError, complianceError].filter((error) => error !== null);
  return known.length === 0 && !autoFail ? null : autoFail || known.includes(true);
}

function recordOf(name: Uint8Array, fact: QaFact): DrawnRecord {
  const { queue, startMs, agent, evaluator, form, earned, possible } = fact;
  return { name: name.toHex(), queue, startMs, agent, evaluator, form, first: { earned, possible, critical: criticalOf(fact) } };
}

/** Evaluations of the days asked for in which anything could be earned. */
async function populationOf(redis: Redis, { zone }: StoredAgreement, { agreementId, feed, from, to }: DrawInput): Promise<DrawnRecord[]> {
  const [fromMs, toMs] = [zone.dayRange(from).fromMs, zone.dayRange(to).toMs];
  const found: DrawnRecord[] = [];
  for await (const some of readNamedFacts(redis, agreementId, feed))
    for (const { name, bytes } of some) {
      const record = recordOf(name, QA_FACTS.unpack(bytes));
      if (record.startMs >= fromMs && record.startMs < toMs && record.first.possible > 0) found.push(record);
    }
  return found;
}

function namesHash(records: readonly DrawnRecord[]): string {
  const names = records.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1));
  return sha256Hex(names.join("\n"));
}

/** The records with the smallest SHA-256 of seed and name: who knows both can check it, nobody can choose. */
function drawn(population: readonly DrawnRecord[], { seed, size }: DrawInput): DrawnRecord[] {
  const ranked = population.map((record) => ({ record, rank: sha256Hex(`${seed} ${record.name}`) }));
  const first = ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, size);
  return first.map(({ record }) => record).toSorted((a, b) => a.startMs - b.startMs || (a.name < b.name ? -1 : 1));
}

function refuseOdd({ from, to, feed }: DrawInput, stored: StoredAgreement): void {
  if (stored.feed(feed)?.kind !== "qa")
    throw new AppError("bad-request", `"${feed}" is no feed of evaluations.`, "Name a feed of the kind qa.");
  if (to < from || daysBetween(from, to).length > MOST_DAYS)
    throw new AppError("bad-request", `${from} to ${to} is no span of 1 to ${MOST_DAYS} days.`, "Give the first and the last day.");
}

/**
 * Draws evaluations to be scored a second time. The first scores are kept as they are now: what the feed says later changes no draw.
 *
 * @returns the id, the same for the same operation.
 * @throws AppError `not-found`; `bad-request` for another feed or an empty span.
 */
export async function drawCalibration(redis: Redis, input: DrawInput): Promise<string> {
  const { agreementId, feed, from, to, seed, by, nowMs } = input;
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) throw new AppError("not-found", "There is no such agreement.", "Check the address.");
  refuseOdd(input, stored);
  const operation = personalOperation("calibration", input);
  const id = sha256Hex(`${agreementId} ${operation}`).slice(0, 12);
  const { calibrations } = agreementKeys(agreementId);
  if ((await redis.hlen(calibrations)) >= MOST_CALIBRATIONS && (await redis.hexists(calibrations, id)) === 0)
    throw new AppError("bad-request", `An agreement has at most ${MOST_CALIBRATIONS} calibrations.`, "Draw larger samples less often.");
  const population = await populationOf(redis, stored, input);
  if (population.length === 0)
    throw new AppError("bad-request", `No evaluation of ${from} to ${to} is known.`, "Choose days on which calls were evaluated.");
  const records = drawn(population, input);
  const populationSha256 = namesHash(population);
  const of = { id, feed, from, to, seed, population: population.length, populationSha256 };
  const calibration: Calibration = { ...of, records, by, drawnAtMs: nowMs };
  const counts = { population: population.length, populationSha256, drawn: records.length, sha256: namesHash(records) };
  await commit(redis, {
    agreementId,
    operationId: operation,
    rememberSeconds: REMEMBER_SECONDS,
    nowMs,
    writes: [["HSETNX", calibrations, id, JSON.stringify(calibration)]],
    ledger: [
      { v: 1, kind: "calibration-drawn", agreement: agreementId, atMs: nowMs, actor: by.id, calibration: id, feed, seed, ...counts },
    ],
    events: [{ kind: "quality:changed", about: "calibration", id }],
  });
  return id;
}
