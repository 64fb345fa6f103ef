import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { exportCounters, exportFacts } from "../../shared/store/exports-facts.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { exportDefinitionText } from "../../server/documents/export-definition-text.ts";
import { putDocuments } from "../support/put-documents.ts";
import { fileOfRows, RANDOM_FEEDS, type RandomFeed } from "../support/random-feeds.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const RUNS = process.env["ACCORD_TESTS"] === "full" ? 150 : 3;

const TARGETS = [
  { id: "level", feed: "calls", measure: { metric: "service-level", variant: "positive", withinSeconds: 20 }, expected: "80 %" },
  { id: "csat", feed: "survey", measure: { metric: "csat", method: "top-2-box" }, expected: "80 %" },
  { id: "response", feed: "survey", measure: { metric: "response-rate" }, expected: "10 %" },
  { id: "qa", feed: "qa", measure: { metric: "qa-score", form: "sales-2" }, expected: "85 %" },
  { id: "legal", feed: "qa", measure: { metric: "accuracy", errors: "compliance-critical" }, expected: "99 %" },
  { id: "calibration", feed: "qa", measure: { metric: "calibration" }, expected: "90 %" },
  { id: "attrition", feed: "roster", measure: { metric: "attrition", per: "month" }, direction: "at-most", expected: "3 %" },
  { id: "shrinkage", feed: "schedule", measure: { metric: "shrinkage" }, direction: "at-most", expected: "30 %" },
  { id: "answers", feed: "months", measure: { metric: "answer-rate", denominator: "offered" }, expected: "90 %" },
  { id: "quarters", feed: "quarters", measure: { metric: "answer-rate", denominator: "offered" }, expected: "90 %" },
  { id: "days", feed: "days", measure: { metric: "answer-rate", denominator: "offered" }, expected: "90 %" },
].map((target) => ({ name: target.id, queues: "all", direction: "at-least", windows: ["month"], minimumSample: 0, ...target }));

let nextId = 0;
let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(NOW);
});
afterAll(() => stage.stop());

async function put(feeds: readonly FeedDefinition[]): Promise<StoredAgreement> {
  const agreement = Agreement.parse({ ...buildAgreement(), id: `export-${nextId++}`, timeZone: "Europe/Lisbon", targets: TARGETS });
  return await putDocuments(stage.redis, { agreement, feeds, nowMs: stage.nowMs });
}

async function text(pieces: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(pieces)).join("");
}

interface Known {
  readonly facts: string;
  readonly counters: string;
}

async function known(stored: StoredAgreement, feed: FeedDefinition): Promise<Known> {
  const exported = { redis: stage.redis, stored, feed, nowMs: stage.nowMs };
  return { facts: await text(exportFacts(exported)), counters: await text(exportCounters(exported)) };
}

/** Verdicts by name, with the hash of all that they say. */
async function hashes(stored: StoredAgreement): Promise<string[]> {
  const verdicts = await readVerdicts(stage.redis, stored.agreement.id);
  return verdicts.map(({ targetId, window, status, hash }) => `${targetId} ${window.start} ${status} ${hash}`);
}

type Files = readonly (readonly [file: RandomFeed, rows: readonly (readonly string[])[]])[];

const files: fc.Arbitrary<Files> = fc.tuple(
  ...RANDOM_FEEDS.map((feed) => fc.array(feed.row, { minLength: 1, maxLength: 25 }).map((rows) => [feed, rows] as const)),
);

/** How many rows of each feed took part. */
const applied = new Map<string, number>();

async function roundTrip(given: Files): Promise<void> {
  const first = await put(given.map(([{ feed }]) => feed));
  for (const [feed, rows] of given) {
    const { counts } = await stage.handIn(first.agreement.id, feed.feed.id, fileOfRows(feed, rows));
    applied.set(feed.feed.id, (applied.get(feed.feed.id) ?? 0) + counts.applied);
  }
  const again = given.map(([{ feed }]) => FeedDefinition.parse(parse(exportDefinitionText(feed))));
  const second = await put(again);
  for (const feed of again) {
    const before = await known(first, feedOf(given, feed.id));
    const { counts, problems } = await stage.handIn(second.agreement.id, feed.id, before.facts);
    expect(counts, `${feed.kind}: ${JSON.stringify(problems)}`).toMatchObject({ applied: counts.rows, rejected: 0, duplicate: 0 });
    const after = await known(second, feed);
    expect(after.counters, feed.kind).toBe(before.counters);
    if ("counters" in feed) expect(after.facts).toBe(before.facts);
  }
  expect(await hashes(second)).toEqual(await hashes(first));
}

function feedOf(given: Files, id: string): FeedDefinition {
  const found = given.find(([{ feed }]) => feed.id === id)?.[0].feed;
  if (found === undefined) throw new Error(`no feed ${id}`);
  return found;
}

describe("exported facts", () => {
  it("give the same counters and the same verdicts when they come in again elsewhere, whatever the kind of rows", async () => {
    await fc.assert(fc.asyncProperty(files, roundTrip), { numRuns: RUNS, seed: 31 });
    expect([...applied].filter(([, rows]) => rows < 3)).toEqual([]);
  });
});
