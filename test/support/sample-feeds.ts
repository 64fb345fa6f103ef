import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import type { FileProblem, ReadRow } from "../../shared/feeds/canonical.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { readFeed } from "../../shared/feeds/read-feed.ts";
import type { FeedRow } from "../../shared/feeds/row-kinds.ts";
import { createPseudonyms } from "../../shared/store/agent-names.ts";

const EXAMPLES = resolve(import.meta.dirname, "..", "..", "docs", "examples");
const ENCODER = new TextEncoder();

/** A feed definition of `docs/examples`, by its file name without ending. */
export function exampleFeed(name: string): FeedDefinition {
  return FeedDefinition.parse(parse(readFileSync(resolve(EXAMPLES, `${name}.yaml`), "utf8")));
}

const INTERVAL = {
  accord: "feed/1",
  id: "sample",
  name: "Sample",
  kind: "interval",
  timeZone: "Europe/Berlin",
  intervalMinutes: 15,
  format: { type: "delimited", delimiter: "comma" },
  start: { date: { column: "day", format: "yyyy-mm-dd" }, time: { column: "time", format: "h:mm" } },
  queue: { column: "queue" },
  counters: {
    offered: { column: "offered" },
    answered: { column: "answered" },
    abandoned: { column: "abandoned", required: false },
    "answered-within-20000": { column: "within", required: false },
    "handle-ms": { column: "handle", unit: "s", required: false },
  },
  claims: { "answer-rate": { column: "rate", unit: "percent" } },
};
export const INTERVAL_HEADER = "queue,day,time,offered,answered,abandoned,within,handle,rate";

const CONTACT = {
  accord: "feed/1",
  id: "calls",
  name: "Calls",
  kind: "contact",
  timeZone: "Europe/Berlin",
  format: { type: "delimited", delimiter: "comma" },
  start: { instant: { column: "at", format: "iso-8601" } },
  queue: { column: "queue" },
  contactId: ["id"],
  outcome: [
    { when: { how: ["done", "ok"] }, is: "answered" },
    { when: { how: "lost" }, is: "abandoned" },
  ],
  durations: { wait: { column: "wait", unit: "s" }, handle: { column: "handle", unit: "h:mm:ss" } },
  csat: { column: "score" },
};
export const CONTACT_HEADER = "id,at,queue,how,wait,handle,score";

/** A small feed of quarter-hours with the columns of `INTERVAL_HEADER`. */
export function buildIntervalFeed(overrides: Record<string, unknown> = {}): FeedDefinition {
  return FeedDefinition.parse({ ...INTERVAL, ...overrides });
}

/** A small feed of days with the columns of `INTERVAL_HEADER`, of which `time` is not read. */
export function buildDailyFeed(overrides: Record<string, unknown> = {}): FeedDefinition {
  const { intervalMinutes: _, ...common } = INTERVAL;
  return FeedDefinition.parse({ ...common, kind: "daily", start: { date: INTERVAL.start.date }, ...overrides });
}

/** A small feed of contacts with the columns of `CONTACT_HEADER`. */
export function buildContactFeed(overrides: Record<string, unknown> = {}): FeedDefinition {
  return FeedDefinition.parse({ ...CONTACT, ...overrides });
}

/** The bytes of a file in pieces of `size`. */
export async function* pieces(content: string | Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === "string" ? ENCODER.encode(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

export interface WholeFile {
  readonly rows: ReadRow<FeedRow>[];
  readonly batches: number[];
  readonly refused: FileProblem[];
  readonly noted: FileProblem[];
}

/** Reads a file to its end and gathers everything it yields. */
export async function readWholeFile(definition: FeedDefinition, bytes: AsyncIterable<Uint8Array>, batchRows = 500): Promise<WholeFile> {
  const file: WholeFile = { rows: [], batches: [], refused: [], noted: [] };
  for await (const batch of readFeed(definition, bytes, { batchRows, pseudonym: createPseudonyms(Buffer.alloc(32)).of })) {
    if (batch.kind === "rows") {
      file.rows.push(...batch.rows);
      file.batches.push(batch.rows.length);
    } else file[batch.kind].push(...batch.problems);
  }
  return file;
}
