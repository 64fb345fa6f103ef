import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { addDays, type Day, daysBetween } from "../../shared/calendar/day.ts";
import { causeOfChange } from "../../shared/drift/cause.ts";
import type { CauseQuestion } from "../../shared/drift/cause-cell.ts";
import type { Cause } from "../../shared/drift/drift-view.ts";
import { randomStream } from "../../shared/stats/random.ts";
import { drawGamma } from "../../shared/stats/random-draws.ts";
import { readDriftView } from "../../shared/store/drift.ts";
import { causeApart } from "../../workers/drift/cause-apart.ts";
import { watchDrift } from "../../workers/drift/watch-drift.ts";
import { putDocuments } from "../support/put-documents.ts";
import { fileOf, QA_HEADER, ROSTER_HEADER } from "../support/record-files.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { exampleFeed } from "../support/sample-feeds.ts";
import { buildTarget, contactFeed, intervalFeed, QUALITY_TARGET } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const FIRST = "2026-01-05";
const JOINED = "2026-03-02";
const LAST = "2026-03-29";
const DAYS = daysBetween(FIRST, LAST);
const OLD = Array.from({ length: 12 }, (_, at) => `Old ${at}`);
const NEW = Array.from({ length: 4 }, (_, at) => `New ${at}`);

const CALLS = contactFeed({
  timeZone: "Europe/Lisbon",
  agent: { column: "agent" },
  durations: {
    wait: { column: "wait", unit: "s" },
    handle: { column: "handle", unit: "s" },
    talk: { column: "talk", unit: "s" },
    acw: { column: "wrap", unit: "s" },
  },
});
const INTERVALS = {
  ...intervalFeed(["answered", "handle-ms", "talk-ms", "hold-ms", "acw-ms"], { timeZone: "Europe/Lisbon" }),
  id: "counts",
};
const AHT = { measure: { metric: "aht" }, direction: "at-most", expected: "600 s" } as const;
const TARGETS = [
  buildTarget({ id: "aht", name: "Handle time", ...AHT, windows: ["month"] }),
  buildTarget({ id: "counted", name: "Handle time as counted", feed: "counts", ...AHT, windows: ["month"] }),
  QUALITY_TARGET,
];

function peopleOn(day: Day): { name: string; isNew: boolean }[] {
  return [...OLD.map((name) => ({ name, isNew: false })), ...(day < JOINED ? [] : NEW).map((name) => ({ name, isNew: true }))];
}

/** Three calls a day of each agent, of 300 s and 60 s of wrap-up; new agents talk for half as long again. */
function callsFile(): string {
  const stream = randomStream("calls of a cause");
  const rows = DAYS.flatMap((day) =>
    peopleOn(day).flatMap(({ name, isNew }) =>
      Array.from({ length: 3 }, (_, at) => {
        const [talk, wrap] = [Math.round(drawGamma(stream, 4) * (isNew ? 115 : 75)), Math.round(drawGamma(stream, 4) * 15)];
        return [
          `${name}-${day}-${at}`,
          `${day}T1${at}:00:00Z`,
          at % 2 === 0 ? "care" : "sales",
          "answered",
          5,
          talk + wrap,
          talk,
          wrap,
          name,
        ];
      }),
    ),
  );
  return fileOf("id,start,queue,outcome,wait,handle,talk,wrap,agent", rows);
}

/** An evaluation of each agent every other day; new agents more often miss the solution. */
function evaluationsFile(): string {
  const stream = randomStream("evaluations of a cause");
  const rows = DAYS.flatMap((day, at) =>
    peopleOn(day).flatMap(({ name, isNew }, place) => {
      if ((at + place) % 2 === 1) return [];
      const solved = stream.next() < (isNew ? 0.35 : 0.9) ? "yes" : "no";
      const polite = stream.next() < 0.9 ? "yes" : "no";
      return [[`${name} ${day}`, day, place % 3 === 0 ? "sales" : "care", name, "Eva", "Sales", 2, polite, solved, "", "yes", "yes", ""]];
    }),
  );
  return fileOf(QA_HEADER, rows, ";");
}

/** Intervals of two queues of which one takes longer to wrap up from March on. */
function countsFile(): string {
  const stream = randomStream("counts of a cause");
  const rows = DAYS.flatMap((day) =>
    ["care", "sales"].map((queue) => {
      const isMoved = day >= JOINED && queue === "sales";
      const [talk, hold, wrap] = [
        drawGamma(stream, 400) * 75,
        drawGamma(stream, 400) * 5,
        drawGamma(stream, 400) * (isMoved ? 30 : 15),
      ].map(Math.round);
      return [day, "12:00", queue, 100, (talk ?? 0) + (hold ?? 0) + (wrap ?? 0), talk ?? 0, hold ?? 0, wrap ?? 0];
    }),
  );
  return fileOf("date,time,queue,answered,handle-ms,talk-ms,hold-ms,acw-ms", rows);
}

function rosterFile(): string {
  const rows = peopleOn(LAST).map(({ name, isNew }) => [LAST, name, "care", isNew ? JOINED : "2024-01-15", "no", "", ""]);
  return fileOf(ROSTER_HEADER, rows);
}

describe("the cause of a standing drift", () => {
  let stage: WorkerStage;
  const id = "caused";
  beforeAll(async () => {
    stage = await startWorkerStage(Date.parse(`${addDays(LAST, 1)}T12:00:00Z`));
    const agreement = Agreement.parse({ ...buildAgreement({ id }), timeZone: "Europe/Lisbon", targets: TARGETS });
    await putDocuments(stage.redis, {
      agreement,
      feeds: [CALLS, INTERVALS, exampleFeed("qa-feed"), exampleFeed("roster-feed")],
      nowMs: stage.nowMs,
    });
    const files: [string, string][] = [
      ["calls", callsFile()],
      ["counts", countsFile()],
      ["qa", evaluationsFile()],
      ["roster", rosterFile()],
    ];
    for (const [feed, file] of files) expect((await stage.handIn(id, feed, file)).counts).toMatchObject({ rejected: 0 });
    await watchDrift(stage.parts, id);
  });
  afterAll(async () => await stage?.stop());

  async function causeIn(targetId: string): Promise<Cause> {
    const view = await readDriftView(stage.redis, id, targetId);
    if (view?.cause === undefined || view.cause === null) throw new Error(`no cause: ${JSON.stringify({ ...view, points: [] })}`);
    const { before, after, parts } = view.cause;
    const sum = parts.reduce((total, { amount }) => total + amount, 0);
    expect(Math.abs(sum - (after.value - before.value)) / Math.abs(before.value)).toBeLessThan(1e-12);
    return view.cause;
  }

  it("names new agents where single contacts name theirs, with their weeks in the job", async () => {
    const cause = await causeIn("aht");
    expect(cause.parts[0]).toMatchObject({
      kind: "entrants",
      name: "Entrants",
      detail: expect.stringMatching(/^4 agents who joined after/u),
    });
    expect(cause.conclusion).toMatch(/ come from 4 agents who joined after 1 Mar[.,]/u);
    expect(cause.closer).toMatchObject({ title: "Entrants by tenure, against those who stayed" });
    expect(cause.closer?.rows.map(({ name, proven }) => [name, proven])).toEqual([
      ["Weeks 1–2", true],
      ["Weeks 3–4", true],
    ]);
    expect(JSON.stringify(cause)).not.toContain("New 0");
  });

  it("names them for evaluations, too, which count points", async () => {
    const cause = await causeIn("qa");
    expect(cause.parts[0]).toMatchObject({ kind: "entrants" });
    expect(cause.after.n).toBeLessThan(300);
  });

  it("names the queue or the part of handle time where only intervals are known", async () => {
    const cause = await causeIn("counted");
    expect(cause.parts[0]).toMatchObject({ kind: "wrap", name: "Wrap-up time" });
  });

  it("is the same where it is worked out in a thread of its own", async () => {
    const cells = (level: number) =>
      Array.from({ length: 600 }, (_, at) => {
        return { queue: `q${at % 3}`, agent: `a${at % 50}`, tenureDays: 7 * (at % 20), n: 20, num: level - (at % 3) };
      });
    const question: CauseQuestion = {
      before: { from: FIRST, to: "2026-03-01", cells: cells(16) },
      after: { from: JOINED, to: LAST, cells: cells(14) },
      unit: "ratio",
      kind: "share",
    };
    expect(await causeApart(question)).toEqual(causeOfChange(question));
  });
});
