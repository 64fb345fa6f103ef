import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { addDays, type Day, daysBetween } from "../../shared/calendar/day.ts";
import type { DriftView } from "../../shared/drift/drift-view.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { randomStream } from "../../shared/stats/random.ts";
import { readDriftView } from "../../shared/store/drift.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { watchDrift } from "../../workers/drift/watch-drift.ts";
import { signNext } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { fileOf, QA_HEADER, ROSTER_HEADER, SURVEY_FEED, SURVEY_HEADER } from "../support/record-files.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { exampleFeed } from "../support/sample-feeds.ts";
import { buildTarget, QUALITY_TARGET } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const FIRST = "2026-01-05";
const MOVED = "2026-03-09";
const LAST = "2026-03-29";
const DAYS = daysBetween(FIRST, LAST);
const EVALUATORS = ["Ada", "Ben", "Cem"];
const ID = "besides";

const TARGETS = [
  QUALITY_TARGET,
  buildTarget({
    id: "attrition",
    name: "Attrition",
    feed: "roster",
    measure: { metric: "attrition", per: "month" },
    direction: "at-most",
    expected: "5 %",
    windows: ["month"],
  }),
  buildTarget({
    id: "csat",
    name: "Satisfaction",
    feed: "survey",
    measure: { metric: "csat", method: "top-2-box" },
    expected: "50 %",
    windows: ["month"],
  }),
];

/** Twelve agents, each scored every day by one of three; from March on Cem finds half as many solutions as before. */
function evaluationsFile(days: readonly Day[]): string {
  const stream = randomStream("evaluators who move");
  const rows = days.flatMap((day) =>
    Array.from({ length: 12 }, (_, agent) => {
      const evaluator = EVALUATORS[Math.floor(stream.next() * 3)] ?? "";
      const solved = stream.next() < (evaluator === "Cem" && day >= MOVED ? 0.3 : 0.9) ? "yes" : "no";
      const polite = stream.next() < 0.9 ? "yes" : "no";
      return [`${agent} ${day}`, day, "care", `Agent ${agent}`, evaluator, "Sales", 2, polite, solved, "", "yes", "yes", ""];
    }),
  );
  return fileOf(QA_HEADER, rows, ";");
}

/** Sixty customers invited every day, of whom a fifth answers, and from March on two fifths, who are less satisfied. */
function answersFile(days: readonly Day[]): string {
  const stream = randomStream("answers of others");
  const rows = days.flatMap((day) =>
    Array.from({ length: 60 }, (_, at) => {
      const [isMoved, draw, isGood] = [day >= MOVED, stream.next(), stream.next()];
      const score = draw < (isMoved ? 0.4 : 0.2) ? (isGood < (isMoved ? 0.6 : 0.85) ? 5 : 2) : "";
      return [`${day}-${at}`, `${day}T12:00:00Z`, "care", `Agent ${at % 12}`, score, "", "", "yes"];
    }),
  );
  return fileOf(SURVEY_HEADER, rows);
}

/** Fifty agents, of whom each third began 60 days ago; of these one in 25 leaves each day from March on, else one in 800. */
function rosterFile(days: readonly Day[]): string {
  const stream = randomStream("leavers of a band");
  const rows = days.flatMap((day) =>
    Array.from({ length: 50 }, (_, agent) => {
      const isNew = agent % 3 === 0;
      const leaves = stream.next() < (isNew && day >= MOVED ? 1 / 25 : 1 / 800);
      return [day, `${agent} ${leaves ? day : ""}`, "care", addDays(day, isNew ? -60 : -400), leaves ? "yes" : "no", leaves ? day : "", ""];
    }),
  );
  return fileOf(ROSTER_HEADER, rows);
}

describe("what stands behind a drift instead of the work", () => {
  let stage: WorkerStage;
  beforeAll(async () => {
    stage = await startWorkerStage(Date.parse(`${MOVED}T12:00:00Z`));
    const agreement = Agreement.parse({ ...buildAgreement({ id: ID }), timeZone: "Europe/Lisbon", targets: TARGETS });
    await putDocuments(stage.redis, {
      agreement,
      feeds: [exampleFeed("qa-feed"), FeedDefinition.parse(SURVEY_FEED), exampleFeed("roster-feed")],
      nowMs: stage.nowMs,
    });
    stage.nowMs = Date.parse(`${addDays(LAST, 1)}T12:00:00Z`);
    for (const [feed, file] of [
      ["qa", evaluationsFile(DAYS)],
      ["survey", answersFile(DAYS)],
      ["roster", rosterFile(DAYS)],
    ] as const)
      expect((await stage.handIn(ID, feed, file)).counts).toMatchObject({ rejected: 0 });
    await watchDrift(stage.parts, ID);
  });
  afterAll(async () => await stage?.stop());

  async function viewOf(targetId: string): Promise<DriftView> {
    const view = await readDriftView(stage.redis, ID, targetId);
    if (view === null) throw new Error("nothing is stored");
    return view;
  }

  async function headlineOf(targetId: string): Promise<string> {
    const { alerts = [] } = (await readSnapshot(stage.redis, ID, stage.nowMs)) ?? {};
    const { headline = "", severity } = alerts.find(({ id }) => id.startsWith(`drift.${targetId}`)) ?? {};
    return `${severity ?? ""}: ${headline.replaceAll("\u00A0", " ")}`;
  }

  it("is the evaluator who scores the same agents otherwise, and the alert is a question", async () => {
    const { drift, cause, besides } = await viewOf("qa");
    expect(drift?.worse).toBe(true);
    expect(besides?.kind).toBe("evaluators");
    expect(cause?.conclusion.replaceAll("\u00A0", " ")).toMatch(
      /^The evaluators have moved, not the team: [\d.]+ pp (?:of the [\d.]+ pp|more than .*) by which the figure fell, .* come from the scoring: evaluator \S+ now gives [\d.]+ pp less for the same work, against the other evaluators, than before\.$/u,
    );
    expect(cause?.closer).toMatchObject({ title: "By evaluator, before and since" });
    expect(cause?.closer?.rows.map(({ proven }) => proven).toSorted()).toEqual([false, false, true]);
    expect(await headlineOf("qa")).toMatch(
      /^warning: Have the evaluators moved, not the team\? Quality has fallen from .* come from the scoring/u,
    );
    expect(JSON.stringify(cause)).not.toContain("Cem");
  });

  it("is that more and other customers answer, which view and alert call a possible response bias", async () => {
    const { cause, besides } = await viewOf("csat");
    expect(besides).toEqual({
      kind: "answers",
      says: expect.stringMatching(
        /^possible response bias: [34]\d\.\d\u00A0% of the customers invited answer since then, [12]\d\.\d\u00A0% did before$/u,
      ),
    });
    expect(cause).not.toBeNull();
    expect(await headlineOf("csat")).toContain("; possible response bias: ");
  });

  it("is told of turnover by tenure: in which band more leave than before", async () => {
    const { cause, drift } = await viewOf("attrition");
    expect(drift).toMatchObject({ worse: true, by: "events" });
    const { before, after, parts, closer } = cause ?? {};
    const sum = (parts ?? []).reduce((total, { amount }) => total + amount, 0);
    expect(Math.abs(sum - ((after?.value ?? 0) - (before?.value ?? 0)))).toBeLessThan(1e-12);
    expect(after?.value).toBeCloseTo(drift?.now.value ?? 0, 6);
    expect(parts?.[0]).toMatchObject({ kind: "rate", name: "Tenure 31–90 days" });
    expect(cause?.conclusion).toContain("agents with a tenure of 31–90 days");
    expect(closer).toMatchObject({ title: "By tenure, before and since" });
    expect(closer?.rows.map(({ name, proven }) => [name, proven])).toEqual([
      ["31–90 days", true],
      ["over 180 days", false],
    ]);
  });

  it("is not the form: another version of it is another measure, with a baseline of its own", async () => {
    const next = { ...QUALITY_TARGET, measure: { metric: "qa-score", form: "sales-3" } } as const;
    const targets = Agreement.shape.targets.parse([next, ...TARGETS.slice(1)]);
    await signNext(stage.redis, ID, stage.nowMs, { effectiveFrom: addDays(LAST, 2), targets });
    stage.nowMs = Date.parse(`${addDays(LAST, 4)}T12:00:00Z`);
    await tick(stage.parts, ID);
    await watchDrift(stage.parts, ID);
    expect(await viewOf("qa")).toMatchObject({ version: 2, state: "learning", baseline: null, points: [], drift: null, besides: null });
    expect((await viewOf("csat")).state).toBe("drifting");
  });
});
