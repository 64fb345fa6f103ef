import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import type { AlertClauses } from "../../shared/agreement/alert-clauses.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import { addDays, type Day, daysBetween } from "../../shared/calendar/day.ts";
import type { DriftView } from "../../shared/drift/drift-view.ts";
import { randomStream } from "../../shared/stats/random.ts";
import { drawBinomial } from "../../shared/stats/random-draws.ts";
import { readDriftLines, readDriftView } from "../../shared/store/drift.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { watchDrift } from "../../workers/drift/watch-drift.ts";
import { COUNTS, type LiveCase, startLiveCase } from "../support/live-case.ts";
import { signNext } from "../support/parties.ts";
import { buildTarget } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const FIRST = "2026-01-01";
const FALL = "2026-04-01";
const CALLS = 600;

let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(0);
});
afterAll(async () => await stage?.stop());

/** 88 % in time until April, then a quarter of a point less each day: May is missed, April is not. */
function chanceOn(day: Day): number {
  return 0.88 - 0.0025 * (day < FALL ? 0 : daysBetween(FALL, day).length);
}

/** The last quarter of each day stands for all of it. */
function fileOf(days: readonly Day[], chance: (day: Day) => number): string {
  const rows = days.map((day) => `${day},23:45,${CALLS},0,${drawBinomial(randomStream(`drift ${day}`), CALLS, chance(day))}`);
  return `date,time,${COUNTS.join(",")}\n${rows.join("\n")}\n`;
}

/** When the day is over, what is handed in of it is in, and drift is looked for. */
async function handIn(live: LiveCase, days: readonly Day[], chance = chanceOn): Promise<void> {
  live.at(`${addDays(days.at(-1) ?? "", 1)}T00:00:01Z`);
  await stage.handIn(live.id, "calls", fileOf(days, chance));
  await watchDrift(stage.parts, live.id);
}

async function begin(id: string, until: Day): Promise<LiveCase> {
  const targets = [
    buildTarget({ windows: ["month"] }),
    buildTarget({ id: "speed", measure: { metric: "longest-wait" }, direction: "at-most", expected: "300 s" }),
  ];
  const live = await startLiveCase(stage, { id, now: `${FIRST}T00:00:00Z`, agreement: { targets } });
  await handIn(live, daysBetween(FIRST, until));
  return live;
}

async function driftAlerts(live: LiveCase): Promise<Alert[]> {
  return (await live.alerts()).filter(({ subject }) => subject.kind === "drift");
}

async function view(live: LiveCase): Promise<DriftView> {
  const found = await readDriftView(stage.redis, live.id, "service-level");
  if (found === null) throw new Error("nothing is stored");
  return found;
}

/** How long the stream is and what the mark of the last look says: nothing was written where they are the same. */
async function state(live: LiveCase): Promise<(string | null)[]> {
  const keys = agreementKeys(live.id);
  return [await stage.redis.get(keys.seq), await stage.redis.hget(keys.clock, "drift")];
}

describe("a slow fall", () => {
  let live: LiveCase;
  beforeAll(async () => {
    live = await begin("slow", "2026-03-31");
  });

  it("is not told of before it has begun, and what cannot be watched says why", async () => {
    expect(await driftAlerts(live)).toEqual([]);
    expect(await view(live)).toMatchObject({ state: "steady", drift: null, baseline: { from: FIRST, to: "2026-02-25", subgroups: 56 } });
    expect((await readDriftLines(stage.redis, live.id)).get("speed")?.line).toMatchObject({
      state: "unusable",
      why: expect.stringContaining("longest wait"),
    });
  });

  it("raises one alert, before the month is likely to be missed, with the day on which it would be", async () => {
    let told: Day | null = null;
    for (let day = FALL; day < "2026-05-01"; day = addDays(day, 2)) {
      await handIn(live, [day, addDays(day, 1)]);
      if (told === null && (await driftAlerts(live)).length > 0) told = day;
      if (told !== null)
        expect((await live.alerts()).filter(({ subject, parent }) => subject.kind !== "drift" && parent === null)).toEqual([]);
    }
    expect((told ?? "never") <= "2026-04-15").toBe(true);
    expect(await driftAlerts(live)).toMatchObject([{ status: "open", severity: "warning", episode: 1 }]);
    expect((await driftAlerts(live))[0]?.headline.replaceAll("\u00A0", " ")).toMatch(
      /^Service level has fallen from 8[78]\.\d % to 8[5-7]\.\d % since about \d+ Apr \(\d+ \w+ to \d+ Apr\), [\d,]+ contacts; still on target \(≥ 80 %\)$/u,
    );
    expect((await view(live)).leads).toEqual({ missProbability: expect.closeTo(0.36, 2), missedOn: "2026-05-31" });
  });

  it("is not over because nothing more comes", async () => {
    const before = await state(live);
    live.at("2026-05-20T00:00:00Z");
    await live.tick();
    await watchDrift(stage.parts, live.id);
    expect(await driftAlerts(live)).toMatchObject([{ status: "open" }]);
    expect((await state(live))[1]).toBe(before[1]);
  });

  it("is found anew where what was stored of it is lost, and told no second time", async () => {
    const keys = agreementKeys(live.id);
    const [was, alerts] = [await view(live), await driftAlerts(live)];
    await stage.redis.del(keys.drift, keys.driftLines);
    await stage.redis.hdel(keys.clock, "drift");
    await watchDrift(stage.parts, live.id);
    expect({ ...(await view(live)), atMs: was.atMs }).toEqual(was);
    expect(await driftAlerts(live)).toEqual(alerts);
  });

  it("looked at again, or by two workers at once, changes nothing more", async () => {
    await handIn(live, ["2026-05-01"]);
    const before = await state(live);
    await watchDrift(stage.parts, live.id);
    await Promise.all([stage.parts, stage.anotherWorker(), stage.anotherWorker()].map(async (parts) => await watchDrift(parts, live.id)));
    expect(await state(live)).toEqual(before);
    await stage.handIn(live.id, "calls", fileOf(["2026-05-02"], chanceOn));
    const [seq] = await state(live);
    await Promise.all([stage.anotherWorker(), stage.anotherWorker()].map(async (parts) => await watchDrift(parts, live.id)));
    const made = (await live.entries()).filter((entry) => entry.seq > Number(seq)).map(({ event }) => event.kind);
    expect(made.toSorted()).toEqual(["drift:changed"]);
  });

  it("that a correction takes away is over, while the alert keeps what was known then", async () => {
    await handIn(live, daysBetween(FALL, "2026-05-02"), () => 0.88);
    expect(await driftAlerts(live)).toMatchObject([{ status: "resolved" }]);
    const history = (await driftAlerts(live))[0]?.history ?? [];
    expect(history[0]).toMatchObject({ kind: "raised", note: expect.stringContaining("fallen from") });
    expect(history.filter(({ kind }) => kind === "raised" || kind === "resolved")).toHaveLength(2);
    expect(await view(live)).toMatchObject({ state: "steady", drift: null, past: [] });
  });
});

/** A level that falls by four points and stays there, told of, under a first version. */
async function fallen(id: string): Promise<LiveCase> {
  const live = await begin(id, "2026-03-31");
  await handIn(live, daysBetween(FALL, "2026-05-20"), () => 0.84);
  expect(await driftAlerts(live)).toMatchObject([{ status: "open" }]);
  return live;
}

/** Both sides sign a version that is in force from 22 May on; the day after that is handed in. */
async function agree(live: LiveCase, changes: Partial<Agreement>): Promise<void> {
  await signNext(stage.redis, live.id, stage.nowMs, { effectiveFrom: "2026-05-22", ...changes });
  await live.tick();
  await handIn(live, ["2026-05-21", "2026-05-22"], () => 0.84);
  await live.tick();
  await watchDrift(stage.parts, live.id);
}

function driftClauses(drift: NonNullable<AlertClauses["drift"]>): Pick<Agreement, "alerts"> {
  return { alerts: { escalation: {}, acknowledgedFor: {}, hours: "service", drift } };
}

describe("a drift is over", () => {
  it("when both parties have agreed on another baseline", async () => {
    const live = await fallen("agreed");
    const baselines = { "service-level": { from: FALL, to: "2026-05-10" } };
    await agree(live, driftClauses({ toleratePerMonth: 1, watch: "all", baselines }));
    expect(await driftAlerts(live)).toMatchObject([{ status: "resolved", headline: expect.stringContaining("as it usually was") }]);
    expect(await view(live)).toMatchObject({ version: 2, state: "steady", baseline: { from: FALL, to: "2026-05-10" } });
  });

  it("when both parties have agreed not to watch it", async () => {
    const live = await fallen("unwatched");
    await agree(live, driftClauses({ toleratePerMonth: 1, watch: ["speed"], baselines: {} }));
    expect(await driftAlerts(live)).toMatchObject([{ status: "resolved", headline: expect.stringContaining("Not watched any more.") }]);
    expect(await readDriftView(stage.redis, live.id, "service-level")).toBeNull();
  });

  it("when a version measures something else, which is watched afresh", async () => {
    const live = await fallen("afresh");
    const measure = { metric: "service-level", variant: "answered-only", withinSeconds: 20 } as const;
    await agree(live, { targets: [buildTarget({ windows: ["month"], measure })] });
    expect(await driftAlerts(live)).toMatchObject([
      { status: "resolved", headline: expect.stringContaining("watched afresh under version 2") },
    ]);
    expect(await view(live)).toMatchObject({ version: 2, state: "learning", why: "1 of 25 days known" });
  });
});
