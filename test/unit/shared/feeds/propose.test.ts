import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftDefinition } from "../../../../shared/feeds/propose/draft-definition.ts";
import { DRAFT_KINDS } from "../../../../shared/feeds/propose/field.ts";
import { numberWriting } from "../../../../shared/feeds/propose/number-writing.ts";
import { confidenceWords } from "../../../../shared/feeds/propose/proposal.ts";
import { draftOf, isCertain, propose } from "../../../../shared/feeds/propose/propose.ts";
import { readSample } from "../../../../shared/feeds/propose/read-sample.ts";
import { pieces } from "../../../support/sample-feeds.ts";
import { definitionFrom, draftWith, openQuestions, proposalFor, tried } from "../../../support/wizard.ts";

const two = (value: number): string => String(value).padStart(2, "0");

const DATES = {
  "yyyy-mm-dd": (y: number, m: number, d: number) => `${y}-${two(m)}-${two(d)}`,
  "dd.mm.yyyy": (y: number, m: number, d: number) => `${two(d)}.${two(m)}.${y}`,
  "dd/mm/yyyy": (y: number, m: number, d: number) => `${two(d)}/${two(m)}/${y}`,
  "mm/dd/yyyy": (y: number, m: number, d: number) => `${two(m)}/${two(d)}/${y}`,
} as const;
const LENGTHS = {
  "h:mm:ss": (s: number) => `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`,
  s: (s: number) => String(s),
  "iso-8601": (s: number) => `PT${s}S`,
} as const;
const HEADERS = [
  ["Queue", "Date", "Time", "Calls offered", "Answered", "Abandoned", "Talk time"],
  ["Warteschlange", "Datum", "Uhrzeit", "Angebotene Anrufe", "Angenommen", "Aufgelegt", "Gesprächszeit"],
  ["Cola", "Fecha", "Hora", "Llamadas recibidas", "Atendidas", "Abandonadas", "Tiempo hablado"],
  ["Fila", "Data", "Hora", "Chamadas recebidas", "Atendidas", "Perdidas", "Tempo de conversação"],
  ["File", "Jour", "Heure", "Appels reçus", "Décrochés", "Perdus", "Durée de conversation"],
] as const;

const Case = fc.record({
  header: fc.constantFrom(...HEADERS),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  date: fc.constantFrom<keyof typeof DATES>("yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy"),
  length: fc.constantFrom<keyof typeof LENGTHS>("h:mm:ss", "s", "iso-8601"),
  bom: fc.boolean(),
  packed: fc.boolean(),
  rows: fc.array(
    fc.record({
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      quarter: fc.integer({ min: 0, max: 95 }),
      answered: fc.nat(400),
      abandoned: fc.nat(50),
      talk: fc.nat(90_000),
    }),
    { minLength: 3, maxLength: 40 },
  ),
});

function fileOf({ header, delimiter, date, length, bom, rows }: typeof Case extends fc.Arbitrary<infer T> ? T : never): string {
  const lines = rows.map(({ month, day, quarter, answered, abandoned, talk }) =>
    [
      "Sales",
      DATES[date](2025, month, day),
      `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`,
      answered + abandoned,
      answered,
      abandoned,
      LENGTHS[length](talk),
    ].join(delimiter),
  );
  return `${bom ? "\ufeff" : ""}${[header.join(delimiter), ...lines, ""].join("\r\n")}`;
}

describe("a proposal", () => {
  test("reads files of five languages, four delimiters and four dates without a wrong value, once what it asks is answered", async () => {
    await fc.assert(
      fc.asyncProperty(Case, async (example) => {
        const text = fileOf(example);
        const content = example.packed ? gzipSync(text) : text;
        const proposal = await proposalFor(content);
        const answers = { zone: "UTC", date: example.date, unit: example.length, interval: "15" };
        const definition = definitionFrom(proposal, draftWith(proposal, { answers }));
        const run = await tried(definition, content);
        const sum = (value: (row: (typeof example.rows)[number]) => number) => example.rows.reduce((all, row) => all + value(row), 0);
        expect(run.problems).toEqual([]);
        expect(run.totals).toEqual({
          offered: sum((row) => row.answered + row.abandoned),
          answered: sum((row) => row.answered),
          abandoned: sum((row) => row.abandoned),
          "talk-ms": sum((row) => row.talk) * 1000,
        });
        const days = example.rows.map((row) => Date.UTC(2025, row.month - 1, row.day, 0, row.quarter * 15));
        expect([run.firstMs, run.lastMs]).toEqual([Math.min(...days), Math.max(...days)]);
      }),
      { numRuns: process.env["ACCORD_TESTS"] === "full" ? 3000 : 150, seed: 41 },
    );
  });

  test("that is certain of a day is never asked about it, and one that is not asks instead of guessing", async () => {
    const file = (days: readonly string[]) => `day,offered,answered\n${days.map((day) => `${day},3,2`).join("\n")}\n`;
    const certain = await proposalFor(file(["03/04/2025", "13/04/2025"]));
    expect(certain.choices[0]?.why).toContain("13/04/2025 in line 3 can only be day first");
    expect(openQuestions(certain, draftWith(certain, { answers: { zone: "UTC", queue: "q" } }))).toEqual([]);
    const open = await proposalFor(file(["03/04/2025", "05/04/2025"]));
    expect(openQuestions(open, draftWith(open, { answers: { zone: "UTC", queue: "q" } }))).toEqual(["date:0"]);
  });

  test("finds the names under titles, leaves totals out and numbers names that stand there twice", async () => {
    const proposal = await proposalFor("Monthly report;;\n\nDatum;Anrufe;Anrufe\n01.02.2025;10;9\n02.02.2025;12;12\nSumme;22;21\n");
    expect(proposal.sample).toMatchObject({
      format: { type: "delimited", delimiter: "semicolon", headerLine: 3 },
      names: ["Datum", "Anrufe#1", "Anrufe#2"],
      totals: ["Summe"],
    });
  });

  test("never takes a name that begins like a total for one", async () => {
    const proposal = await proposalFor("id,date,csat\nSUM-1,2025-01-02,4\nTotal-2,2025-01-02,5\n");
    expect([proposal.sample.totals, proposal.sample.rows.length]).toEqual([[], 2]);
  });

  test("asks for the unit of bare numbers, the zone and the queue, and knows seconds by their name", async () => {
    const file = "date,offered,answered,talk time,hold time (sec)\n2025-01-13,10,9,400,20\n";
    const proposal = await proposalFor(file);
    expect(openQuestions(proposal, draftOf(proposal))).toEqual(["unit:3", "zone", "queue"]);
  });

  test("takes nothing away that a file does not contain, unless somebody says that a new one is all there is", async () => {
    const proposal = await proposalFor("date,queue,offered,answered\n2025-01-13,sales,10,9\n");
    const said = (answers: Record<string, string>) =>
      definitionFrom(proposal, draftWith(proposal, { answers: { zone: "UTC", ...answers } }));
    expect(said({}).replaces).toBeUndefined();
    expect(said({ replaces: "period" }).replaces).toBe("period");
  });

  test("takes a mean for a claim, because nothing can be recomputed from it", async () => {
    const proposal = await proposalFor("date,offered,answered,avg handle time\n2025-01-13,10,9,0:03:20\n");
    expect(proposal.choices[3]?.field).toBe("claim:aht");
  });

  test("of a column above its whole is a guess that says so", async () => {
    const proposal = await proposalFor("date,offered,answered,abandoned\n2025-01-13,10,9,11\n");
    const [, , answered, abandoned] = proposal.choices;
    expect([answered, abandoned].map((choice) => confidenceWords(choice?.confidence ?? 0))).toEqual(["certain", "a guess"]);
    expect(abandoned?.why).toContain('above "offered" in 1 rows');
    expect(proposal.choices.filter(isCertain).map(({ field }) => field)).toEqual(["day", "answered"]);
  });

  test("knows a column although a word stands in one row, and says which", async () => {
    const proposal = await proposalFor("date,offered,answered\n2025-01-13,10,9\n2025-01-14,9,many\n2025-01-15,8,8\n2025-01-16,8,7\n");
    expect(proposal.choices[2]).toMatchObject({ field: "answered", why: expect.stringContaining('"many" is no such value') });
    expect(proposal.choices.some(isCertain)).toBe(true);
    expect(isCertain(proposal.choices[2] ?? { field: "ignore", why: "", confidence: 1 })).toBe(false);
  });

  test("reads Western Windows text, JSON under a name and one record a line", async () => {
    const western = Buffer.from("Fecha;Ofrecidas;Atendidas;Motivo\n13/01/2025;10;9;atenci\xf3n\n", "latin1");
    expect((await proposalFor(western)).sample.format).toMatchObject({ encoding: "windows-1252", delimiter: "semicolon" });
    const rows = [{ day: "2025-01-13", calls: { offered: 10, answered: 9 } }];
    expect((await proposalFor(JSON.stringify({ data: { rows } }))).sample).toMatchObject({
      format: { type: "json", rows: "data.rows" },
      names: ["day", "calls.offered", "calls.answered"],
    });
    const lines = `${JSON.stringify({ a: 1 })}\n${JSON.stringify({ a: 2 })}\n`;
    expect((await proposalFor(lines)).sample).toMatchObject({ format: { type: "json-lines" }, rows: [{ cells: ["1"] }, { cells: ["2"] }] });
  });

  test("is made of, or refused for, any text and any bytes, and never fails", async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom("1,234", "12/01/2025", "0:05:30", "94 %", "NaN", "", "-", "1e9", "\u202e", '"'),
    );
    const table = fc
      .array(
        fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(";")),
        { maxLength: 12 },
      )
      .map((lines) => lines.join("\n"));
    const anything = fc.oneof(table, fc.string({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), fc.json());
    await fc.assert(
      fc.asyncProperty(anything, async (content) => {
        const outcome = await readSample(pieces(content));
        if ("refused" in outcome) {
          expect(outcome.refused.message).not.toBe("");
          return;
        }
        const proposal = propose(outcome.sample);
        for (const kind of DRAFT_KINDS) draftDefinition(proposal, draftOf(proposal, kind), { id: "any", name: "Any" });
        expect(proposal.choices).toHaveLength(outcome.sample.names.length);
      }),
      { numRuns: process.env["ACCORD_TESTS"] === "full" ? 8000 : 500, seed: 42 },
    );
  });

  test("is refused for what is no table, in words", async () => {
    await expect(proposalFor(Buffer.from([0, 1, 2, 3]))).rejects.toThrow(/zero byte|binary|not text/u);
    await expect(proposalFor("")).rejects.toThrow("no rows");
  });
});

describe("how numbers are written", () => {
  test.for([
    [["412,5", "401,25"], "comma", null, false],
    [["1.234,50", "12"], "comma", "point", false],
    [["1,234.5"], "point", "comma", false],
    [["1 234", "12"], "point", "space", false],
    [["1,234", "999"], "point", null, true],
    [["1.234", "2,5"], "comma", "point", false],
    [["12", "13"], "point", null, false],
  ] as const)("%j", ([values, decimal, thousands, isAsked]) => {
    expect(numberWriting(values)).toMatchObject({ style: { decimal, thousands }, isAsked });
  });
});
