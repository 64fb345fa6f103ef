import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { addDays, daysBetween } from "../../shared/calendar/day.ts";
import { QA_FACTS } from "../../shared/facts/qa-fact.ts";
import { randomStream } from "../../shared/stats/random.ts";
import { addCoaching, type CoachingInput, readCoaching } from "../../shared/store/coaching.ts";
import { readCalibration, readCalibrations, scoreAgain, type ScoreInput } from "../../shared/store/calibrations.ts";
import { drawCalibration, type DrawInput } from "../../shared/store/draw-calibration.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { readBlindSpots } from "../../shared/store/blind-spots.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readAllRecords } from "../../shared/store/mirror-records.ts";
import { readRecordFacts } from "../../shared/store/record-facts.ts";
import { measureCoaching } from "../../workers/drift/measure-coaching.ts";
import { watchDrift } from "../../workers/drift/watch-drift.ts";
import { putDocuments } from "../support/put-documents.ts";
import { fileOf, QA_HEADER } from "../support/record-files.ts";
import { CLIENT, PROVIDER } from "../support/parties.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { exampleFeed } from "../support/sample-feeds.ts";
import { buildTarget } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const ID = "coached";
const FIRST = "2026-03-02";
const START = "2026-03-30";
const DAYS = daysBetween(FIRST, addDays(START, 28));
const MEASURE = { metric: "qa-score", form: "sales-2" } as const;

/** An evaluation of each of twenty agents each day; eight of them, of the queue "care", miss fewer solutions from the start of coaching on. */
function evaluationsFile(): string {
  const stream = randomStream("evaluations of coached agents");
  const rows = DAYS.flatMap((day) =>
    Array.from({ length: 20 }, (_, at) => {
      const isCoached = at < 8;
      const level = isCoached ? (day < START ? 0.6 : 0.82) : 0.8;
      const solved = stream.next() < level ? "yes" : "no";
      const [queue, evaluator] = [isCoached ? "care" : "sales", at % 3 === 0 ? "Eva" : "Uwe"];
      return [
        `${at} ${day}`,
        day,
        queue,
        `Agent ${at}`,
        evaluator,
        "Sales",
        2,
        "yes",
        solved,
        "",
        stream.next() < 0.8 ? "yes" : "no",
        "yes",
        "",
      ];
    }),
  );
  return fileOf(QA_HEADER, rows, ";");
}

let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(Date.parse(`${addDays(START, 29)}T12:00:00Z`));
  const qa = buildTarget({ id: "qa", name: "Quality", feed: "qa", measure: MEASURE, expected: "60 %", windows: ["month"] });
  const agreement = Agreement.parse({ ...buildAgreement({ id: ID }), timeZone: "Europe/Lisbon", targets: [qa] });
  await putDocuments(stage.redis, { agreement, feeds: [exampleFeed("qa-feed")], nowMs: stage.nowMs });
  expect((await stage.handIn(ID, "qa", evaluationsFile())).counts).toMatchObject({ rejected: 0 });
});
afterAll(async () => await stage?.stop());

function noteOf(some: Partial<CoachingInput>): CoachingInput {
  const about = { targetId: "qa", kind: "side-by-side" as const, startDay: START, days: 28, words: "Two hours each" };
  return { agreementId: ID, ...about, cohort: { queues: ["care"] }, operationId: randomUUID(), by: PROVIDER, nowMs: stage.nowMs, ...some };
}

describe("a coaching action", () => {
  it("is stored once with its place in the ledger and its mirror, however often it is sent", async () => {
    const input = noteOf({});
    const { action, effect } = await addCoaching(stage.redis, input);
    expect(effect).toBeNull();
    expect((await addCoaching(stage.redis, { ...input, nowMs: stage.nowMs + 5000 })).action).toEqual(action);
    expect(await readCoaching(stage.redis, ID)).toHaveLength(1);
    const kept = (await readAllRecords(stage.redis, ID)).filter(({ hash }) => hash === "coaching");
    expect(kept.map(({ field }) => field)).toEqual([action.id]);
    const ledger = (await stage.redis.lrangeBuffer(agreementKeys(ID).ledger, 0, -1)).map((leaf) => leaf.subarray(32).toString());
    const entries = ledger.filter((text) => text.includes("coaching-noted"));
    expect(entries).toHaveLength(1);
    expect(entries[0]).not.toContain("Two hours");
  });

  it("is refused for a target that is not agreed, and for a start far away", async () => {
    await expect(addCoaching(stage.redis, noteOf({ targetId: "csat" }))).rejects.toMatchObject({ code: "bad-request" });
    await expect(addCoaching(stage.redis, noteOf({ startDay: "2024-01-01" }))).rejects.toMatchObject({ code: "bad-request" });
    await expect(addCoaching(stage.redis, noteOf({ agreementId: "none" }))).rejects.toMatchObject({ code: "not-found" });
  });

  it("is measured against the others by agent, in the metric's unit, and read by the same worker only when something is new", async () => {
    await measureCoaching(stage.parts, ID);
    const [view] = await readCoaching(stage.redis, ID);
    const effect = view?.effect;
    if (effect?.state !== "measured") throw new Error(JSON.stringify(effect));
    // A solution is 60 of 100 points, so that a fifth more of them is some 13 points more.
    expect(effect.clusters).toEqual({ by: "agent", cohort: 8, others: 12 });
    expect(effect).toMatchObject({ to: addDays(START, 27), cohort: { sample: 8 * 56 } });
    expect([effect.low > 0.05, effect.high < 0.25, effect.low < 0.132, effect.high > 0.132]).toEqual([true, true, true, true]);
    const seq = await stage.redis.get(agreementKeys(ID).seq);
    await measureCoaching(stage.parts, ID);
    await measureCoaching(stage.anotherWorker(), ID);
    expect(await stage.redis.get(agreementKeys(ID).seq)).toBe(seq);
  });

  it("for named agents and for those who joined says what is missing where it cannot be measured", async () => {
    const agents = new Set<string>();
    for await (const some of readRecordFacts(stage.redis, ID, "qa"))
      for (const { queue, agent } of some.map(QA_FACTS.unpack)) if (queue === "care" && agent !== null) agents.add(agent);
    const cohorts = [{ agents: [...agents] }, { agents: [...agents].slice(0, 3) }, { joinedAfter: "2026-03-10" }];
    for (const [at, cohort] of cohorts.entries()) await addCoaching(stage.redis, noteOf({ cohort, nowMs: stage.nowMs + at }));
    await addCoaching(stage.redis, noteOf({ startDay: addDays(START, 26), nowMs: stage.nowMs + 3 }));
    await measureCoaching(stage.parts, ID);
    const views = await readCoaching(stage.redis, ID);
    expect(views.map(({ effect }) => (effect?.state === "unknown" ? effect.why : effect?.state))).toEqual([
      "Too early to say: 2 of 7 days with figures since the start.",
      "Nothing to compare: those who were coached have no figures before the start.",
      "Too early to say: 3 of 5 agents with figures before and after among those who were coached.",
      "measured",
      "measured",
    ]);
    expect(views[3]?.effect).toEqual(views[4]?.effect);
  });
});

async function blindSpotIds(): Promise<string[]> {
  const stored = await readAgreement(stage.redis, ID, stage.nowMs);
  if (stored === null) throw new Error("the agreement is gone");
  return (await readBlindSpots(stage.redis, stored, stage.nowMs)).map(({ id }) => id);
}

describe("a calibration", () => {
  const DRAW = { agreementId: ID, feed: "qa", from: START, to: addDays(START, 6), size: 12, seed: "0123456789abcdef" };
  const draw = async (some: Partial<DrawInput> = {}) =>
    await drawCalibration(stage.redis, { ...DRAW, operationId: randomUUID(), by: CLIENT, nowMs: stage.nowMs, ...some });
  const scored = async (calibrationId: string, record: string, some: Partial<ScoreInput> = {}) => {
    const said = { score: { earned: 4000, possible: 10_000, critical: true } };
    const by = { agreementId: ID, operationId: randomUUID(), by: CLIENT, nowMs: stage.nowMs };
    return await scoreAgain(stage.redis, { ...by, calibrationId, record, said, salt: "a salt", ...some });
  };

  it("is the records whose SHA-256 of seed and name is smallest, as anybody can check from the ledger and the ids", async () => {
    const id = await draw();
    const { records, population, populationSha256 } = await readCalibration(stage.redis, ID, id, CLIENT.id);
    const ids = daysBetween(DRAW.from, DRAW.to).flatMap((day) => Array.from({ length: 20 }, (_, at) => `${at} ${day}`));
    const names = ids.map((each) => createHash("sha256").update(each).digest("hex").slice(0, 24)).toSorted();
    const rank = (name: string): string => createHash("sha256").update(`${DRAW.seed} ${name}`).digest("hex");
    const smallest = names.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, 12);
    expect(new Set(records.map(({ name }) => name))).toEqual(new Set(smallest));
    expect([population, populationSha256]).toEqual([140, createHash("sha256").update(names.join("\n")).digest("hex")]);
    const ledger = (await stage.redis.lrangeBuffer(agreementKeys(ID).ledger, 0, -1)).map((leaf) => leaf.subarray(32).toString());
    const entry: unknown = JSON.parse(ledger.find((text) => text.includes(id)) ?? "null");
    const sha256 = createHash("sha256").update(smallest.toSorted().join("\n")).digest("hex");
    expect(entry).toMatchObject({ kind: "calibration-drawn", seed: DRAW.seed, population: 140, populationSha256, drawn: 12, sha256 });
  });

  it("is drawn once however often it is sent, and never from another feed or from nothing", async () => {
    const operationId = randomUUID();
    const id = await draw({ operationId });
    expect(await draw({ operationId, seed: "another" })).toBe(id);
    expect((await readCalibration(stage.redis, ID, id, CLIENT.id)).seed).toBe(DRAW.seed);
    await expect(draw({ feed: "calls" })).rejects.toMatchObject({ code: "bad-request" });
    await expect(draw({ from: "2025-01-01", to: "2025-01-02" })).rejects.toMatchObject({ code: "bad-request" });
    await expect(draw({ from: "2026-03-09", to: "2026-03-02" })).rejects.toMatchObject({ code: "bad-request" });
  });

  it("shows no first score before the last second one, then both with bias and agreement; a second score stays", async () => {
    await watchDrift(stage.parts, ID);
    expect(await blindSpotIds()).toEqual(["without.calibration"]);
    const id = await draw({ size: 8 });
    const { records } = await readCalibration(stage.redis, ID, id, CLIENT.id);
    const [left = records[0], ...others] = records;
    for (const { name } of others) {
      const view = await scored(id, name);
      expect([view.result, JSON.stringify(view).includes("evaluator")]).toEqual([null, false]);
      expect(view.records.every(({ first }) => first === null)).toBe(true);
    }
    expect((await readCalibration(stage.redis, ID, id, PROVIDER.id)).records.every(({ second }) => second === null)).toBe(true);
    await expect(scored(id, others[0]?.name ?? "")).rejects.toMatchObject({ code: "conflict" });
    await expect(scored(id, "0".repeat(24))).rejects.toMatchObject({ code: "not-found" });
    const odd = { score: { earned: 2, possible: 1, critical: null } };
    await expect(scored(id, left?.name ?? "", { said: odd })).rejects.toMatchObject({ code: "bad-request" });

    // There are few enough scores to try them all.
    const tried = createHash("sha256").update('{"score":{"critical":true,"earned":4000,"possible":10000}}').digest("hex");
    expect((await stage.redis.lrangeBuffer(agreementKeys(ID).ledger, 0, -1)).some((leaf) => leaf.includes(tried))).toBe(false);

    const over = await scored(id, left?.name ?? "", { said: { leftOut: "No recording" } });
    expect(over).toMatchObject({ done: 8, size: 8, result: { pairs: 7 } });
    // Every first score has 40 to 100 of 100 points, and the second 40.
    expect(over.result?.bias?.mean).toBeLessThan(-0.1);
    expect(over.records.every(({ first }) => first !== null && first.score.possible === 10_000)).toBe(true);
    expect((await readCalibration(stage.redis, ID, id, PROVIDER.id)).records).toEqual(over.records);
    expect((await readCalibrations(stage.redis, ID)).find((line) => line.id === id)?.result).toEqual(over.result);
    const kept = (await readAllRecords(stage.redis, ID)).filter(({ hash, field }) => hash === "calibrationScores" && field.startsWith(id));
    expect(kept).toHaveLength(8);
    expect(await blindSpotIds()).toEqual([]);
  });
});
