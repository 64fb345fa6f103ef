import type { IntervalRow } from "../../shared/feeds/canonical.ts";
import { buildContactFeed, buildDailyFeed, pieces, readWholeFile } from "./sample-feeds.ts";

const DAILY = {
  format: { type: "delimited", delimiter: "tab" },
  start: { date: { column: "day", format: "yyyy-mm-dd" } },
  queue: { constant: "all" },
  counters: {},
  claims: {},
};

/** What became of each text in one column: its value as it is stored behind "=", "missing", or the rule that refused its row. */
export async function readColumn(
  column: Record<string, unknown>,
  texts: readonly string[],
  others: Record<string, unknown> = {},
): Promise<string[]> {
  const definition = buildDailyFeed({ ...DAILY, ...column, ...others });
  const lines = ["day\tvalue", ...texts.map((text) => `2026-03-02\t${text}`)];
  const { rows, refused } = await readWholeFile(definition, pieces(lines.join("\n")));
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  return rows.map(({ row, problems }) => (row !== null && "counters" in row ? shown(row) : problems.map(({ rule }) => rule).join(" + ")));
}

function shown({ counters, claims }: IntervalRow): string {
  const [counter = null] = counters;
  const [claim = null] = claims;
  if (claim !== null) return `=${claim.mantissa}/10^${claim.dp}`;
  return counter === null ? "missing" : `=${counter}`;
}

/** The same for the score of a contact. */
export async function readScores(texts: readonly string[]): Promise<string[]> {
  const definition = buildContactFeed({
    format: { type: "delimited", delimiter: "tab" },
    queue: { constant: "all" },
    outcome: [{ when: {}, is: "not-a-contact" }],
    durations: {},
  });
  const lines = ["id\tat\tscore", ...texts.map((text, at) => `${at}\t2026-03-02T09:00:00Z\t${text}`)];
  const { rows, refused } = await readWholeFile(definition, pieces(lines.join("\n")));
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  return rows.map(({ row, problems }) => (row !== null && "csat" in row ? scoreOf(row) : problems.map(({ rule }) => rule).join(" + ")));
}

function scoreOf({ csat }: { readonly csat: number | null }): string {
  return csat === null ? "missing" : `=${csat}`;
}
