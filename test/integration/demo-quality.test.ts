import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../../shared/calendar/day.ts";
import type { DriftPoint } from "../../shared/drift/drift-point.ts";
import { watchSeries } from "../../shared/drift/watch-series.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { readAlerts } from "../../shared/store/alert-states.ts";
import { addCoaching, readCoaching } from "../../shared/store/coaching.ts";
import { readDriftView } from "../../shared/store/drift.ts";
import { readSnapshot, readVerdicts } from "../../shared/store/snapshot.ts";
import { measureCoaching } from "../../workers/drift/measure-coaching.ts";
import { readSeries } from "../../workers/drift/read-series.ts";
import { watchDrift } from "../../workers/drift/watch-drift.ts";
import { LISBON } from "../../workers/simulate/demo.ts";
import { evaluationExport } from "../../workers/simulate/exports/evaluation-export.ts";
import { rosterExport } from "../../workers/simulate/exports/roster-export.ts";
import { beginQuality, evaluationsDue, type QualityCourse, rostersDue } from "../../workers/simulate/quality/quality-course.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

/** The demonstration is begun on this day; the month that it tells of ends eight days later. */
const TODAY = Date.UTC(2026, 10, 22, 12);
const MONTH_OVER = Date.UTC(2026, 11, 2, 12);
const SEED = "accord";
const { agreement: AGREEMENT, zone } = LISBON;
const STORY = beginQuality(zone, TODAY / 1000);

function demoFile(name: string): string {
  return fileURLToPath(new URL(`../../docs/examples/demo/${name}.yaml`, import.meta.url));
}

let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(TODAY);
  await stage.putAgreement(demoFile("service-agreement"), [
    demoFile("call-records-feed"),
    demoFile("surveys-feed"),
    demoFile("evaluations-feed"),
    demoFile("roster-feed"),
  ]);
});
afterAll(async () => await stage?.stop());

async function handIn(course: QualityCourse): Promise<void> {
  const files = [
    [LISBON.evaluations, evaluationExport(zone, evaluationsDue(SEED, zone, course))],
    [LISBON.roster, rosterExport(course.hired, rostersDue(zone, course))],
  ] as const;
  for (const [feed, file] of files) expect((await stage.handIn(AGREEMENT, feed, file)).counts).toMatchObject({ rejected: 0, warnings: 0 });
}

async function view() {
  await watchDrift(stage.parts, AGREEMENT);
  const found = await readDriftView(stage.redis, AGREEMENT, "quality");
  if (found === null || found.drift === null || found.cause === null) throw new Error("the demonstration shows no drift with a cause");
  return { ...found, drift: found.drift, cause: found.cause };
}

describe("the slow decline of the demonstration", () => {
  it("is told of on the first day, entrants are named as its cause, and coaching has helped them", async () => {
    await handIn({ ...STORY, dueS: TODAY / 1000 });
    const { cause, drift, leads } = await view();
    expect(drift.raisedOn > STORY.hired && drift.raisedOn < STORY.coached).toBe(true);
    expect(await readAlerts(stage.redis, AGREEMENT, ["drift.quality.1"])).toMatchObject([{ status: "open" }]);
    expect(leads).toMatchObject({ missedOn: "2026-11-30" });
    expect(cause.parts[0]?.kind).toBe("entrants");
    expect((cause.parts[0]?.amount ?? 0) / (cause.after.value - cause.before.value)).toBeGreaterThan(0.8);

    const by = { id: "person:operations", name: "Operations", party: "provider" } as const;
    const cohort = { joinedAfter: "2026-09-01" };
    const note = {
      targetId: "quality",
      kind: "side-by-side",
      cohort,
      startDay: STORY.coached,
      days: 14,
      words: "Beside each of them.",
    } as const;
    await addCoaching(stage.redis, { ...note, agreementId: AGREEMENT, by, operationId: randomUUID(), nowMs: TODAY });
    await measureCoaching(stage.parts, AGREEMENT);
    const [coaching] = await readCoaching(stage.redis, AGREEMENT);
    if (coaching?.effect?.state !== "measured") throw new Error("the effect is not measured");
    expect(coaching.effect.low).toBeGreaterThan(0);
  });

  it("is looked ahead of in evaluations, although points stand below the line", async () => {
    const snapshot = await readSnapshot(stage.redis, AGREEMENT, TODAY);
    const of = { targetId: "quality", window: { kind: "month", start: "2026-11-01" } };
    const verdict = snapshot?.verdicts.find(({ targetId, window }) => targetId === of.targetId && window.start === of.window.start);
    const outlook = snapshot?.outlooks.find(({ targetId }) => targetId === of.targetId);
    expect(outlook).toMatchObject({ ...of, n: verdict?.n });
    expect(outlook?.remaining?.expected).toBeGreaterThan(200);
    expect(outlook?.remaining?.expected).toBeLessThan(400);
  });

  it("would have been told of weeks before the first month was missed, and of nothing before it began", async () => {
    stage.nowMs = MONTH_OVER;
    await handIn({ ...STORY, sentS: TODAY / 1000, dueS: MONTH_OVER / 1000 });
    const months = (await readVerdicts(stage.redis, AGREEMENT)).filter(({ targetId, window }) => targetId === "quality" && !window.open);
    expect(months.map(({ window, status }) => [window.start, status])).toEqual([
      ["2026-08-01", "met"],
      ["2026-09-01", "met"],
      ["2026-10-01", "met"],
      ["2026-11-01", "missed"],
    ]);

    const stored = await readAgreement(stage.redis, AGREEMENT, stage.nowMs);
    const compiled = stored?.targets.find(({ target }) => target.id === "quality");
    if (stored === null || compiled === undefined) throw new Error("the demonstration has no target of quality");
    const points = await readSeries(stage.redis, stored, compiled, stage.nowMs);
    const { runLength } = (await view()).budget;
    const asKnownOn = (known: readonly DriftPoint[]) => watchSeries(known, { kind: "mean", worse: "down", runLength, baseline: null });
    const looks = points.map((point, at) => ({ day: point.day, watch: asKnownOn(points.slice(0, at + 1)) }));
    const alarms = looks.flatMap(({ day, watch: { drift } }) => (drift === null ? [] : [{ day, onset: drift.onset }]));
    const [alarm] = alarms;
    if (alarm === undefined) throw new Error("no alarm came");
    expect(alarm.day >= STORY.hired).toBe(true);
    expect(alarm.onset.from <= STORY.hired && STORY.hired <= alarm.onset.to).toBe(true);
    expect(daysBetween(alarm.day, addDays("2026-11-30", -1)).length).toBeGreaterThanOrEqual(14);
  });
});
