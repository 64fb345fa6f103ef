import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { exampleFeed } from "../../../support/sample-feeds.ts";
import { definitionFrom, draftWith, openQuestions, proposalFor, type Said, tried } from "../../../support/wizard.ts";

const NAMES: Said = { answers: { zone: "UTC", queue: "all" } };

/** Every real file that the wizard maps itself: what a person adds to the proposal, and what comes of it. */
const MAPPED: readonly {
  readonly file: string;
  readonly kind: string;
  readonly said: Said;
  readonly rows: number;
  readonly totals: object;
}[] = [
  {
    file: "daily-kpis/daily-kpis.csv",
    kind: "daily",
    said: { answers: { ...NAMES.answers, "first-day": "2020-01-01" } },
    rows: 600,
    totals: { offered: 93_765, answered: 88_379, abandoned: 5386 },
  },
  {
    file: "daily-kpis/daily-kpis-dated.csv",
    kind: "daily",
    said: { answers: { ...NAMES.answers, unit: "s", "unit:3": "fraction", "unit:8": "fraction" } },
    rows: 600,
    totals: { offered: 93_765, answered: 88_379, abandoned: 5386 },
  },
  {
    file: "contact-export/Call-Center-Dataset.csv",
    kind: "contact",
    said: { answers: { zone: "Europe/Zurich" } },
    rows: 5000,
    totals: { answered: 4054, missed: 946, scores: 4054 },
  },
  {
    file: "contact-export/Call-Center-Dataset.xlsx",
    kind: "contact",
    said: { answers: { zone: "Europe/Zurich" } },
    rows: 5000,
    totals: { answered: 4054, missed: 946, scores: 4054 },
  },
  {
    file: "messy-survey/messy-survey.csv",
    kind: "survey",
    said: { answers: { zone: "America/New_York" } },
    rows: 10_747,
    totals: { scores: 3980 },
  },
  {
    file: "turnover/turnover.csv",
    kind: "roster",
    said: { answers: { zone: "UTC", "roster-day": "2020-01-01", unit: "months" } },
    rows: 1129,
    totals: { left: 571, employed: 558 },
  },
  {
    file: "anonymous-bank-1999/january.txt",
    kind: "contact",
    said: { fields: { "vru+line": "contact-id" }, answers: { zone: "Asia/Jerusalem", unit: "s", anew: "yes" } },
    rows: 31_599,
    totals: { answered: 27_060, abandoned: 4299, "not-a-contact": 240 },
  },
];

/** Every real file whose system is known: the shipped definition that is proposed, rows, good rows. */
const SHIPPED = [
  { file: "formats/asterisk/queue_log-collected.txt", preset: "asterisk-queue-log", rows: 5, good: 5 },
  { file: "formats/amazon-connect/contact-record.json", preset: "amazon-connect-contacts", rows: 1, good: 1 },
  { file: "formats/genesys/queue-notification.json", preset: "genesys-queue-notification", rows: 1, good: 1 },
  { file: "formats/twilio/taskrouter-response-examples.json", preset: "twilio-taskrouter", rows: 1, good: 0 },
] as const;

describe.skipIf(!HAS_REAL_DATA)("real data: the wizard", () => {
  test.for(MAPPED)(
    "maps $file with the answers that a person gives, and no row of it is refused",
    async ({ file, kind, said, rows, totals }) => {
      const content = readFileSync(realDataFile(file));
      const proposal = await proposalFor(content);
      const draft = draftWith(proposal, said);
      expect([proposal.kind, openQuestions(proposal, draft)]).toEqual([kind, []]);
      const run = await tried(definitionFrom(proposal, draft), content);
      expect([run.refusals, run.problems.filter(({ severity }) => severity === "error")]).toEqual([[], []]);
      expect({ rows: run.rows, good: run.good, totals: run.totals }).toEqual({ rows, good: rows, totals });
    },
  );

  test.for(SHIPPED)("knows the system of $file and reads it with its shipped definition", async ({ file, preset, rows, good }) => {
    const content = readFileSync(realDataFile(file));
    const proposal = await proposalFor(content);
    expect(proposal.sample.preset).toBe(preset);
    const run = await tried(exampleFeed(`${preset}-feed`), content);
    expect([run.refusals, run.rows, run.good]).toEqual([[], rows, good]);
  });

  test("says that calls of the bank lose each other when the id alone names them", async () => {
    const content = readFileSync(realDataFile("anonymous-bank-1999/january.txt"));
    const proposal = await proposalFor(content);
    const draft = draftWith(proposal, { answers: { zone: "Asia/Jerusalem", unit: "s" } });
    expect((await tried(definitionFrom(proposal, draft), content)).replacing).toBeGreaterThan(0);
    const fields = { "vru+line": "contact-id" } as const;
    const together = draftWith(proposal, { fields, answers: { zone: "Asia/Jerusalem", unit: "s", anew: "yes" } });
    const [mapped, shipped] = [definitionFrom(proposal, together), exampleFeed("bank-feed")];
    expect([(await tried(mapped, content)).replacing, (await tried(shipped, content)).replacing]).toEqual([0, 0]);
  });
});
