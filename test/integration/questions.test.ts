import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../shared/alerts/alert.ts";
import { readQuestions } from "../../shared/store/questions.ts";
import { type Day, daysBetween, weekdayOf } from "../../shared/calendar/day.ts";
import { drawBinomial } from "../../shared/stats/random-draws.ts";
import { COUNTS, startLiveCase } from "../support/live-case.ts";
import { watchDrift } from "../../workers/drift/watch-drift.ts";
import { randomStream } from "../../shared/stats/random.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildContactFeed } from "../support/sample-feeds.ts";
import { buildTarget } from "../support/target-case.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { Restatement } from "../../shared/protocol/restatement.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { VOICE_RESTATEMENTS } from "../support/client-restatements.ts";
import { SURVEY_FEED } from "../support/record-files.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";
import { askQuestions } from "../../workers/drift/ask-questions.ts";

const ID = "asked";
let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(Date.parse("2026-03-01T00:00:00Z"));
});
afterAll(async () => await stage?.stop());

/** Ten agents with 16 calls on each of twelve days; `hangsUp` ends a third of theirs at once, and answers come just before 20 s where they can. */
function fileOf(month: string, { hangsUp, heaped }: { hangsUp: string | null; heaped: boolean }): string {
  const stream = randomStream(`questions ${month}`);
  const rows = Array.from({ length: 10 * 16 * 12 }, (_, i) => {
    const agent = `agent ${i % 10}`;
    const day = String(1 + (Math.floor(i / 160) % 12)).padStart(2, "0");
    const time = new Date(Date.UTC(2026, 0, 1, 8) + (i % 160) * 120_000).toISOString().slice(11, 19);
    const smooth = Math.floor(stream.next() * 40);
    const wait = heaped && smooth > 20 && smooth <= 24 ? 19 : smooth;
    const handle = agent === hangsUp && stream.next() < 0.33 ? 3 : 12 + Math.floor(stream.next() * 400);
    return `${month}-${i},${month}-${day}T${time}Z,sales,done,${wait},${new Date(handle * 1000).toISOString().slice(11, 19)},,${agent}`;
  });
  return `id,at,queue,how,wait,handle,score,agent\n${rows.join("\n")}\n`;
}

async function ask(iso: string): Promise<Alert[]> {
  stage.nowMs = Date.parse(iso);
  await askQuestions(stage.parts, ID);
  const alerts = (await readSnapshot(stage.redis, ID, stage.nowMs))?.alerts ?? [];
  return alerts.filter(({ subject }) => subject.kind === "question");
}

const ASKED = FeedDefinition.parse({
  ...SURVEY_FEED,
  timeZone: "UTC",
  invited: "every-row",
  agent: undefined,
  nps: undefined,
  resolved: undefined,
});

/** A correction of one day that moved its adherence. */
function restatedDay({
  day,
  receipt,
  lateMs,
  from,
  to,
}: {
  day: Day;
  receipt: number;
  lateMs: number;
  from: number;
  to: number;
}): Restatement {
  const judged = (num: number) => ({ status: "missed", value: { num, den: 100 } });
  return Restatement.parse({
    ...VOICE_RESTATEMENTS[0],
    receipt,
    lateMs,
    verdicts: [
      {
        targetId: "adherence",
        window: { kind: "day", start: day, open: false, part: false },
        unit: "ratio",
        direction: "at-least",
        expected: { mantissa: 9, dp: 1 },
        notBelow: null,
        old: judged(from),
        new: judged(to),
        flipped: false,
        favour: "provider",
      },
    ],
  });
}

/** Each day's last quarter of an hour stands for all of it: calls answered, abandoned, and answered in time. */
function dayRows(days: readonly Day[], of: (day: Day) => { inTime: number; abandoned: number }): string {
  const rows = days.map((day) => {
    const stream = randomStream(`days ${day}`);
    const { inTime, abandoned } = of(day);
    const lost = drawBinomial(stream, 600, abandoned);
    return `${day},23:45,${600 - lost},${lost},${drawBinomial(stream, 600 - lost, inTime)}`;
  });
  return `date,time,${COUNTS.join(",")}\n${rows.join("\n")}\n`;
}

const DAYS = daysBetween("2026-01-01", "2026-03-31");
const isWeekend = (day: Day): boolean => ["sat", "sun"].includes(weekdayOf(day));

async function monthOf(id: string, of: (day: Day) => { inTime: number; abandoned: number }): Promise<string[]> {
  const abandonment = { metric: "abandonment", denominator: "answered-and-abandoned" } as const;
  const targets = [
    buildTarget({ windows: ["month"], measure: { metric: "service-level", variant: "answered-only", withinSeconds: 20 } }),
    buildTarget({ id: "lost", name: "Abandonment", windows: ["month"], measure: abandonment, direction: "at-most", expected: "20 %" }),
  ];
  const live = await startLiveCase(stage, { id, now: "2026-01-01T00:00:00Z", agreement: { targets } });
  live.at("2026-04-01T00:00:01Z");
  await stage.handIn(id, "calls", dayRows(DAYS, of));
  await watchDrift(stage.parts, id);
  await askQuestions(stage.parts, id);
  const asked = await readQuestions(stage.redis, id);
  expect((await live.alerts()).filter(({ subject }) => subject.kind === "question")).toHaveLength(asked.length);
  return asked.map(({ rule, about }) => `${rule} ${about}`);
}

describe("questions that day counts and drifts ask", () => {
  it("are none where weekends are as they were and nothing drifts", async () => {
    expect(await monthOf("calm", (day) => ({ inTime: isWeekend(day) ? 0.86 : 0.82, abandoned: 0.03 }))).toEqual([]);
  });

  it("a March that misses on weekdays and is made up on its weekends is asked about", async () => {
    const march = (day: Day): number => (day < "2026-03-01" ? (isWeekend(day) ? 0.86 : 0.82) : isWeekend(day) ? 0.97 : 0.765);
    expect(await monthOf("weekends", (day) => ({ inTime: march(day), abandoned: 0.03 }))).toContain("weekend-catch-up service-level");
  });

  it("a service level that is met while ever more give up is asked about", async () => {
    const found = await monthOf("tail", (day) => ({ inTime: 0.86, abandoned: day < "2026-03-08" ? 0.03 : 0.07 }));
    expect(found).toEqual(["met-with-a-tail service-level"]);
  });
});

describe("questions that a month of contacts asks", () => {
  it("are raised once each with their evidence, name agents by pseudonym only, and end with a month that asks nothing", async () => {
    const feed = buildContactFeed({ timeZone: "UTC", agent: { column: "agent" } });
    const agreement = { ...buildAgreement({ id: ID }), timeZone: "UTC", targets: [buildTarget({ feed: feed.id, windows: ["month"] })] };
    await putDocuments(stage.redis, { agreement, feeds: [feed], nowMs: stage.nowMs });
    stage.nowMs = Date.parse("2026-04-01T08:00:00Z");
    const receipt = await stage.handIn(ID, feed.id, fileOf("2026-03", { hangsUp: "agent 4", heaped: true }));
    expect(receipt.counts).toMatchObject({ rows: 1920, applied: 1920 });

    const raised = await ask("2026-04-02T08:00:00Z");
    expect(raised.map(({ subject }) => ("rule" in subject ? subject.rule : "")).toSorted((a, b) => a.localeCompare(b))).toEqual([
      "short-calls",
      "threshold-mass",
    ]);
    expect(raised.every(({ severity, status }) => severity === "warning" && status === "open")).toBe(true);
    // A pseudonym, letters and 2 to 7, may begin with a 4, too.
    expect(JSON.stringify(raised)).not.toMatch(/agent 4(?![a-z2-7])/u);
    const questions = await readQuestions(stage.redis, ID);
    expect(questions.map(({ month, about }) => `${month} ${about.length}`).toSorted((a, b) => a.localeCompare(b))).toEqual([
      "2026-03 10",
      "2026-03 13",
    ]);
    expect(questions.every(({ evidence, innocent, chance }) => evidence.length === 3 && innocent.length === 3 && chance <= 0.001)).toBe(
      true,
    );

    // Again on the same day, by another worker, and on the next: nothing is raised twice.
    await askQuestions(stage.anotherWorker(), ID);
    const again = await ask("2026-04-03T08:00:00Z");
    expect(again.map(({ id }) => id)).toEqual(raised.map(({ id }) => id));
    expect(again.map(({ history }) => history.filter(({ kind }) => kind === "raised").length)).toEqual([1, 1]);
    expect(await readQuestions(stage.redis, ID)).toEqual(questions);

    stage.nowMs = Date.parse("2026-05-01T08:00:00Z");
    await stage.handIn(ID, feed.id, fileOf("2026-04", { hangsUp: null, heaped: false }));
    expect((await ask("2026-05-02T08:00:00Z")).filter(({ status }) => status !== "resolved")).toEqual([]);
    expect(await readQuestions(stage.redis, ID)).toEqual([]);
  });
});

describe("questions that surveys and late corrections ask", () => {
  it("invitations that fall while satisfaction rises are asked about once, with the feed of the survey", async () => {
    stage.nowMs = Date.parse("2026-01-01T00:00:00Z");
    const calls = buildContactFeed({ timeZone: "UTC" });
    const survey = ASKED;
    const agreement = {
      ...buildAgreement({ id: "surveys" }),
      timeZone: "UTC",
      targets: [buildTarget({ feed: calls.id, windows: ["month"] })],
    };
    await putDocuments(stage.redis, { agreement, feeds: [calls, survey], nowMs: stage.nowMs });
    stage.nowMs = Date.parse("2026-04-01T08:00:00Z");
    const days = DAYS.filter((day) => day >= "2026-02-01" && Number(day.slice(8)) <= 14);
    const all = days.flatMap((day) => Array.from({ length: 60 }, (_, i) => ({ day, i, now: day >= "2026-03-01" })));
    const contacts = all.map(({ day, i }) => `${day}-${i},${day}T08:${String(i).padStart(2, "0")}:00Z,sales,done,${i % 40},00:05:00,`);
    await stage.handIn("surveys", calls.id, `id,at,queue,how,wait,handle,score\n${contacts.join("\n")}\n`);
    // Half of the contacts were asked and three of five content; in March a fifth, and nearly all of them.
    const asked = all.filter(({ i, now }) => i % 10 < (now ? 2 : 5));
    const answers = asked.map(({ day, i, now }) => `${day}-${i},${day}T09:00:00Z,sales,${(now ? i % 20 !== 0 : i % 5 < 3) ? 5 : 2}`);
    const receipt = await stage.handIn("surveys", survey.id, `id,at,queue,score\n${answers.join("\n")}\n`);
    expect(receipt.state).toBe("applied");
    await askQuestions(stage.parts, "surveys");
    expect((await readQuestions(stage.redis, "surveys")).map(({ rule, about }) => `${rule} ${about}`)).toEqual([
      "fewer-invitations survey",
    ]);
  });

  it("late corrections that lift the adherence of their days are asked about, early ones and others are not", async () => {
    const measure = { metric: "adherence" } as const;
    const targets = [buildTarget({ id: "adherence", measure, expected: "90 %", windows: ["day"] })];
    const live = await startLiveCase(stage, { id: "edits", now: "2026-01-01T00:00:00Z", agreement: { targets } });
    const cards = (lateMs: number, lift: number): Restatement[] =>
      DAYS.filter((day) => day >= "2026-03-01").map((day, i) => restatedDay({ day, receipt: i + 1, lateMs, from: 80, to: 80 + lift }));
    const put = async (all: readonly Restatement[]): Promise<string[]> => {
      const { restatements } = agreementKeys(live.id);
      await stage.redis.hset(restatements, Object.fromEntries(all.map((card) => [card.receipt, JSON.stringify(card)])));
      await askQuestions(stage.anotherWorker(), live.id);
      return (await readQuestions(stage.redis, live.id)).map(({ rule, about }) => `${rule} ${about}`);
    };
    live.at("2026-04-01T08:00:00Z");
    expect(await put(cards(0, 5))).toEqual([]);
    expect(await put(cards(86_400_000, -5))).toEqual([]);
    expect(await put(cards(86_400_000, 5))).toEqual(["late-schedule-edits adherence"]);
  });
});
