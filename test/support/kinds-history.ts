import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { addClaim, decideClaim } from "../../shared/store/claims.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { closePeriod, readPeriods } from "../../shared/store/period-close.ts";
import { condenseMonths } from "../../workers/condense/condense.ts";
import { forgetAgent } from "../../workers/condense/forget.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { CLIENT, EXCLUSIONS, PROVIDER } from "./parties.ts";
import { putDocuments } from "./put-documents.ts";
import { fileOf, QA_HEADER, ROSTER_HEADER, SCHEDULE_HEADER, SURVEY_FEED, SURVEY_HEADER } from "./record-files.ts";
import { buildAgreement } from "./sample-agreement.ts";
import { exampleFeed } from "./sample-feeds.ts";
import { contactFeed } from "./target-case.ts";
import type { WorkerStage } from "./worker-stage.ts";

export const KINDS_START = Date.parse("2026-01-28T12:00:00Z");
const HOUR = 3_600_000;
const CALLS = contactFeed({
  timeZone: "Europe/Lisbon",
  agent: { column: "agent" },
  version: { column: "version", format: "integer" },
  queue: { column: "queue", known: [], unknown: "keep-with-warning", renamed: { selling: "sales" } },
});
const FEEDS = [CALLS, FeedDefinition.parse(SURVEY_FEED), ...["qa-feed", "roster-feed", "schedule-feed", "monthly-feed"].map(exampleFeed)];
const REPLACING = FEEDS.map((feed): FeedDefinition => (feed.version === undefined ? { ...feed, replaces: "period" } : feed));
const TARGETS = [
  { id: "speed", feed: "calls", measure: { metric: "service-level", variant: "negative", withinSeconds: 20 }, expected: "80 %" },
  { id: "csat", feed: "survey", measure: { metric: "csat", method: "top-2-box" }, expected: "80 %" },
  { id: "response", feed: "survey", measure: { metric: "response-rate" }, expected: "10 %" },
  { id: "qa", feed: "qa", measure: { metric: "qa-score", form: "sales-2" }, expected: "85 %" },
  { id: "calibration", feed: "qa", measure: { metric: "calibration" }, expected: "90 %" },
  {
    id: "attrition",
    feed: "roster",
    measure: { metric: "attrition", per: "month" },
    direction: "at-most",
    expected: "3 %",
    windows: ["month"],
  },
  { id: "shrinkage", feed: "schedule", measure: { metric: "shrinkage" }, direction: "at-most", expected: "30 %" },
  { id: "answers", feed: "months", measure: { metric: "answer-rate", denominator: "offered" }, expected: "90 %", windows: ["month"] },
].map((target) => ({ name: target.id, queues: "all", direction: "at-least", windows: ["day", "month"], minimumSample: 0, ...target }));
const MONEY = {
  fees: { currency: "EUR", amount: "100000", per: "month" },
  credits: {
    period: "month",
    atRisk: "10 %",
    scheme: { kind: "allocation", categories: [{ id: "all", pool: "100 %", targets: { speed: "60 %", csat: "40 %" } }] },
  },
};

/** The same person in two Unicode forms, one with the quotation mark of a spreadsheet, one who is forgotten. */
const PEOPLE = ["José", "Jose\u0301", "'=Ana", "Rui Costa"] as const;
const FORGOTTEN = "Rui Costa";
const DAYS = ["2026-01-26", "2026-01-27", "2026-01-31", "2026-02-01", "2026-02-02"] as const;

const agent = fc.constantFrom(...PEOPLE);
const day = fc.constantFrom(...DAYS);
const team = fc.constantFrom("sales", "care");
const yes = fc.constantFrom("yes", "no");
const id = fc.integer({ min: 1, max: 4 }).map((number) => `r${number}`);
const small = fc.nat(3);

type Row = readonly (string | number)[];
interface KindOfFile {
  readonly header: string;
  readonly delimiter: string;
  readonly row: fc.Arbitrary<Row>;
}
const KINDS: Readonly<Record<string, KindOfFile>> = {
  calls: {
    header: "id,start,queue,outcome,wait,handle,agent,version",
    delimiter: ",",
    row: fc
      .tuple(id, day, fc.constantFrom("sales", "selling"), fc.constantFrom("answered", "abandoned"), fc.nat(40), agent, small)
      .map(([key, on, queue, outcome, wait, who, version]) => [
        key,
        `${on}T23:4${version}:00Z`,
        queue,
        outcome,
        wait,
        outcome === "answered" ? 60 : "",
        who,
        version,
      ]),
  },
  survey: {
    header: SURVEY_HEADER,
    delimiter: ",",
    row: fc
      .tuple(id, day, team, agent, fc.integer({ min: 1, max: 7 }), yes)
      .map(([key, on, queue, who, score, asked]) => [key, `${on}T23:30:00Z`, queue, who, score, 9, "yes", asked]),
  },
  qa: {
    header: QA_HEADER,
    delimiter: ";",
    row: fc
      .tuple(id, day, team, agent, yes, yes, fc.constantFrom("yes", "no", ""))
      .map(([key, on, queue, who, first, second, third]) => [
        key,
        on,
        queue,
        who,
        "Eva",
        "Sales",
        2,
        first,
        second,
        third,
        "yes",
        "yes",
        "yes",
      ]),
  },
  roster: {
    header: ROSTER_HEADER,
    delimiter: ",",
    row: fc
      .tuple(day, agent, team, yes)
      .map(([on, who, queue, left]) => [on, who, queue, "2025-01-01", left, left === "yes" ? on : "", left === "yes" ? "better pay" : ""]),
  },
  schedule: {
    header: SCHEDULE_HEADER,
    delimiter: ",",
    row: fc
      .tuple(day, agent, team, fc.constantFrom("phone", "break"), small)
      .map(([on, who, queue, activity, hour]) => [on.split("-").toReversed().join("/"), `2${hour}:00`, "1:10", who, queue, activity]),
  },
  months: {
    header: "month,offered,answered,abandoned,answer rate",
    delimiter: ",",
    row: fc
      .tuple(fc.constantFrom("2026-01-01", "2026-02-01"), fc.integer({ min: 80, max: 100 }))
      .map(([on, answered]) => [on, 100, answered, 100 - answered, `${answered}%`]),
  },
};

/** Plain, packed, packed in two members of gzip, or with bytes that nobody meant. */
type Packing = "plain" | "gzip" | "members" | "odd";
type Act =
  | { readonly kind: "file"; readonly feed: string; readonly rows: readonly Row[]; readonly packing: Packing }
  | { readonly kind: "claim"; readonly fromMs: number; readonly hours: number; readonly accept: boolean }
  | { readonly kind: "close" | "condense" | "forget" };
export interface KindsHistory {
  /** Whether files replace their period, where rows have no versions. */
  readonly replacing: boolean;
  readonly steps: readonly { readonly hours: number; readonly act: Act }[];
}

const packing = fc.constantFrom<Packing[]>("plain", "plain", "gzip", "members", "odd");
const file: fc.Arbitrary<Act> = fc
  .constantFrom(...Object.keys(KINDS))
  .chain((feed) =>
    fc
      .tuple(fc.array(KINDS[feed]?.row ?? fc.constant<Row>([]), { minLength: 1, maxLength: 8 }), packing)
      .map(([rows, how]): Act => ({ kind: "file", feed, rows, packing: how })),
  );
const claim: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant("claim" as const),
  fromMs: fc.nat(6 * 24).map((hour) => KINDS_START + (hour - 48) * HOUR),
  hours: fc.integer({ min: 1, max: 30 }),
  accept: fc.boolean(),
});
const other: fc.Arbitrary<Act> = fc.constantFrom<Act[]>({ kind: "close" }, { kind: "condense" }, { kind: "forget" });
const act = fc.oneof({ weight: 8, arbitrary: file }, { weight: 1, arbitrary: claim }, { weight: 2, arbitrary: other });

/** What two parties and their operator may do with every kind of rows, across the end of a month and its closing. */
export const kindsHistory: fc.Arbitrary<KindsHistory> = fc.record({
  replacing: fc.boolean(),
  steps: fc.array(fc.record({ hours: fc.nat(30), act }), { minLength: 6, maxLength: 16 }),
});

function bytesOf(feed: string, rows: readonly Row[], how: Packing): Uint8Array {
  const { header = "", delimiter = "," } = KINDS[feed] ?? {};
  const text = fileOf(header, rows, delimiter);
  const half = Math.floor(text.length / 2);
  switch (how) {
    case "plain":
      return Buffer.from(text);
    case "gzip":
      return gzipSync(text);
    case "members":
      return Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]);
    case "odd":
      return Buffer.from(`\uFEFF${text.replaceAll("\n", "\r\n")}"half a row`);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function close(stage: WorkerStage, agreementId: string): Promise<void> {
  const stored = await readAgreement(stage.redis, agreementId, stage.nowMs);
  const periods = stored === null ? [] : await readPeriods(stage.redis, stored, stage.nowMs);
  for (const { id: periodId, figures, closing } of periods.filter((period) => period.closing?.state !== "closed"))
    for (const by of [PROVIDER, CLIENT].filter(({ party }) => closing?.signed.includes(party) !== true))
      await closePeriod(stage.redis, {
        agreementId,
        periodId,
        by,
        sha256: figures.sha256,
        note: "",
        operationId: randomUUID(),
        nowMs: stage.nowMs,
      });
}

async function claimed(stage: WorkerStage, agreementId: string, { fromMs, hours, accept }: Extract<Act, { kind: "claim" }>): Promise<void> {
  const demand = {
    agreementId,
    kind: "client-outage",
    targets: "all",
    fromMs,
    toMs: fromMs + hours * HOUR,
    evidence: "down",
    mitigation: "",
  } as const;
  const made = await addClaim(stage.redis, { ...demand, by: PROVIDER, operationId: randomUUID(), nowMs: stage.nowMs });
  if (made.state !== "claimed") return;
  const decision = accept ? ("accepted" as const) : ("rejected" as const);
  const answer = { agreementId, claimId: made.id, expectedSeq: 1, decision, accepted: [], note: "so" };
  await decideClaim(stage.redis, { ...answer, by: CLIENT, operationId: randomUUID(), nowMs: stage.nowMs });
}

async function take(stage: WorkerStage, agreementId: string, one: Act): Promise<void> {
  switch (one.kind) {
    case "file":
      await stage.accept(agreementId, one.feed, once(bytesOf(one.feed, one.rows, one.packing)));
      return await drive(stage.parts, agreementId);
    case "claim":
      await claimed(stage, agreementId, one);
      return await drive(stage.parts, agreementId);
    case "close":
      return await close(stage, agreementId);
    case "condense":
      await condenseMonths(stage.parts, agreementId, () => true);
      return undefined;
    case "forget":
      await forgetAgent(stage.parts, agreementId, FORGOTTEN);
      return undefined;
  }
}

/** Lives a history of every kind of rows on a worker's stage. */
export async function liveKinds(stage: WorkerStage, agreementId: string, { steps, replacing }: KindsHistory): Promise<void> {
  stage.nowMs = KINDS_START;
  const document = { ...buildAgreement({ id: agreementId }), timeZone: "Europe/Lisbon", effectiveFrom: "2026-01-01" };
  const agreement = Agreement.parse({ ...document, targets: TARGETS, exclusions: EXCLUSIONS, ...MONEY });
  await putDocuments(stage.redis, { agreement, feeds: replacing ? REPLACING : FEEDS, nowMs: stage.nowMs });
  for (const { hours, act: one } of steps) {
    stage.nowMs += hours * HOUR;
    await tick(stage.parts, agreementId);
    await take(stage, agreementId, one);
  }
  stage.nowMs += 30 * 24 * HOUR;
  await tick(stage.parts, agreementId);
  await close(stage, agreementId);
}
