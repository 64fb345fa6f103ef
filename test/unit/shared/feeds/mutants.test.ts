import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { readFeed } from "../../../../shared/feeds/read-feed.ts";
import { seeded } from "../../../support/client-fixture.ts";
import { mutated } from "../../../support/file-mutator.ts";
import { NAIVE_BANK, NAIVE_DATED, NAIVE_EXPORT, NAIVE_KPI, NAIVE_SURVEY, NAIVE_TURNOVER } from "../../../support/naive-feeds.ts";
import { type NaiveFeed, readNaively } from "../../../support/naive-reader.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";
import { exampleFeed, pieces } from "../../../support/sample-feeds.ts";

/** Real files, the definition that each is read with, and the same definition read by hand. */
const FILES: readonly { readonly file: string; readonly feed: string; readonly naive: NaiveFeed }[] = [
  { file: "anonymous-bank-1999/january.txt", feed: "bank-feed", naive: NAIVE_BANK },
  { file: "daily-kpis/daily-kpis.csv", feed: "daily-kpi-feed", naive: NAIVE_KPI },
  { file: "daily-kpis/daily-kpis-dated.csv", feed: "daily-kpi-dated-feed", naive: NAIVE_DATED },
  { file: "contact-export/Call-Center-Dataset.csv", feed: "contact-export-feed", naive: NAIVE_EXPORT },
  { file: "messy-survey/messy-survey.csv", feed: "messy-survey-feed", naive: NAIVE_SURVEY },
  { file: "turnover/turnover.csv", feed: "turnover-feed", naive: NAIVE_TURNOVER },
];

const FULL = process.env["ACCORD_TESTS"] === "full";
const MUTANTS_PER_FILE = Math.ceil((FULL ? 50_000 : 3000) / FILES.length);
const LONGEST_MS = 1000;

interface Read {
  readonly refused: boolean;
  readonly rows: readonly { readonly cells: readonly string[]; readonly row: unknown }[];
}

async function readWhole(definition: FeedDefinition, bytes: Uint8Array): Promise<Read> {
  const rows: { cells: readonly string[]; row: unknown }[] = [];
  let refused = false;
  for await (const batch of readFeed(definition, pieces(bytes), { pseudonym: pseudonymOf })) {
    if (batch.kind === "rows") rows.push(...batch.rows.map(({ cells, row }) => ({ cells, row: unplaced(row) })));
    if (batch.kind === "refused") refused = true;
  }
  return { refused, rows };
}

/** A row without the name that its place in the file gave it. */
function unplaced(row: object | null): object | null {
  if (row === null || !("recordId" in row) || typeof row.recordId !== "string" || !/\|row \d+$/u.test(row.recordId)) return row;
  const { recordId, ...rest } = row;
  return recordId === "" ? row : rest;
}

/** A pseudonym of the right shape that tells names apart well enough to see a change. */
function pseudonymOf(name: string): string {
  let state = 7;
  for (const character of name) state = (Math.imul(state, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return state
    .toString(4)
    .padStart(16, "0")
    .slice(-10)
    .replaceAll(/[0-3]/gu, (digit) => "abcd".charAt(Number(digit)));
}

function withPseudonym(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { agent } = row;
  return typeof agent === "string" ? { ...row, agent: pseudonymOf(agent) } : { ...row };
}

/** What the file says otherwise than the reader, if anything: rows that it lost, changed or made up. */
function silentChange(naive: NaiveFeed, bytes: Uint8Array, { rows }: Read): string | null {
  const lines = readNaively(naive, bytes);
  if (lines === null) return rows.some(({ row }) => row !== null) ? "rows of a file without a meaning" : null;
  if (lines.length !== rows.length) return `${rows.length} rows where there are ${lines.length}`;
  for (const [at, { row }] of rows.entries()) {
    const meant = lines[at]?.row ?? null;
    if (row === null) continue;
    const [found, wanted] = [JSON.stringify(sorted(row)), meant === null ? "no meaning" : JSON.stringify(sorted(withPseudonym(meant)))];
    if (found !== wanted) return `row ${at}: ${found} where the file says ${wanted}: ${JSON.stringify(lines[at]?.cells)}`;
  }
  return null;
}

function sorted(row: unknown): unknown {
  return typeof row === "object" && row !== null ? Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))) : row;
}

const tally: string[] = [];
afterAll(() => {
  if (FULL) console.info(tally.join("\n"));
});

describe.skipIf(!HAS_REAL_DATA)("real data: seeded mutants of bytes, cells and rows", () => {
  it.each(FILES)(
    "$file: none crashes, none hangs, none changes a value unsaid",
    async ({ file, feed, naive }) => {
      const definition = exampleFeed(feed);
      const [header = "", ...body] = readFileSync(realDataFile(file), "utf8")
        .split(/\r?\n/u)
        .filter((line) => /[^,\t]/u.test(line));
      const random = seeded(20_261_122);
      const whole = new Map<string, string>();
      const counts = { refusedFiles: 0, rows: 0, accepted: 0, untouched: 0, slowestMs: 0 };
      const changes: string[] = [];
      for (let mutant = 0; mutant < MUTANTS_PER_FILE; mutant += 1) {
        const first = Math.floor(random() * body.length);
        const lines = [header, ...body.slice(first, first + 3 + Math.floor(random() * 10))];
        for (const { cells, row } of (await readWhole(definition, Buffer.from(lines.join("\n")))).rows)
          whole.set(cells.join("\0"), JSON.stringify(row));
        const bytes = mutated(lines, { random, delimiter: naive.delimiter });
        const before = performance.now();
        const read = await readWhole(definition, bytes);
        counts.slowestMs = Math.max(counts.slowestMs, performance.now() - before);
        counts.rows += read.rows.length;
        if (read.refused) {
          counts.refusedFiles += 1;
          continue;
        }
        const change = silentChange(naive, bytes, read);
        if (change !== null) changes.push(`mutant ${mutant}: ${change}`);
        // Other columns give the same cells another meaning.
        const sameColumns = bytes.toString("utf8").split(/\r\n|\r|\n/u, 1)[0] === header;
        for (const { cells, row } of read.rows) {
          if (row !== null) counts.accepted += 1;
          const same = sameColumns ? whole.get(cells.join("\0")) : undefined;
          if (same === undefined) continue;
          counts.untouched += 1;
          if (JSON.stringify(row) !== same)
            changes.push(`mutant ${mutant}: an untouched row became ${JSON.stringify(row)} instead of ${same}`);
        }
        whole.clear();
      }
      tally.push(`${file}: ${MUTANTS_PER_FILE} mutants, ${JSON.stringify(counts)}`);
      expect(changes.slice(0, 5)).toEqual([]);
      expect(counts.slowestMs).toBeLessThan(LONGEST_MS);
      // Refusing everything would be no art.
      expect(counts.accepted).toBeGreaterThan(counts.rows / 2);
      expect(counts.untouched).toBeGreaterThan(counts.rows / 2);
    },
    600_000,
  );
});
