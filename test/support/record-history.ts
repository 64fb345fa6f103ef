import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { keepCheckpoint } from "../../shared/store/checkpoints.ts";
import { addClaim, decideClaim } from "../../shared/store/claims.ts";
import { putForecast } from "../../shared/store/forecasts.ts";
import { bundleOf } from "../../server/http/bundle.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { COUNTERS, type File, files, FIRST, QUARTER, QUEUES, textOf } from "./file-history.ts";
import { CLIENT, EXCLUSIONS, PROVIDER, signNext } from "./parties.ts";
import { putDocuments } from "./put-documents.ts";
import { buildAgreement } from "./sample-agreement.ts";
import { contactFeed, intervalFeed } from "./target-case.ts";
import type { WorkerStage } from "./worker-stage.ts";

export const HISTORY_STARTS = Date.parse("2025-12-30T00:00:00Z");
const HOUR = 3_600_000;
const QUEUE = { column: "queue", known: [], unknown: "keep-with-warning" as const };
const SERVICE = { metric: "service-level", variant: "negative", withinSeconds: 20 };
const LEVEL = {
  feed: "calls",
  measure: SERVICE,
  direction: "at-least",
  expected: "60 %",
  windows: ["day", "week", "month", "rolling-3d"],
};
const COUNTED = { ...LEVEL, feed: "counts" };
const BEFORE = [
  { ...LEVEL, id: "service-level", name: "Service level" },
  { ...LEVEL, id: "by-queue", name: "By queue", each: "queue", queues: QUEUES, minimumSample: 2, onLowSample: "join-previous" },
  { ...COUNTED, id: "counted", name: "Counted", aggregation: { by: "intervals-met", level: "60 %" } },
  { ...COUNTED, id: "gone", name: "Gone with version 2" },
];
const AFTER = [
  { ...LEVEL, id: "service-level", name: "Service level", measure: { ...SERVICE, withinSeconds: 25 } },
  { ...LEVEL, id: "by-queue", name: "By queue", each: "queue", queues: QUEUES, windows: ["day", "month"] },
  { ...COUNTED, id: "counted", name: "Counted", expected: "70 %", aggregation: { by: "days-met", level: "60 %" } },
];
const VOLUME = {
  feed: "calls",
  unit: "day",
  upper: "150 %",
  above: "scale-target",
  below: "keep",
  lockDaysBefore: 10,
  forecastBy: "client",
};
const FORECAST = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`2026-01-${String(i + 1).padStart(2, "0")}`, (i * 3) % 7]));

interface Claimed {
  readonly fromMs: number;
  readonly quarters: number;
  readonly targets: "all" | string[];
  readonly decision: "none" | "accepted" | "partly" | "rejected";
}
type Act =
  | { readonly kind: "file"; readonly file: File }
  | { readonly kind: "claim"; readonly claim: Claimed }
  | { readonly kind: "version" }
  | { readonly kind: "checkpoint" };
interface Step {
  /** Hours that pass before, and whether the clock's round is made then. */
  readonly hours: number;
  readonly act: Act;
}
export interface History {
  readonly withVolume: boolean;
  readonly steps: readonly Step[];
}

const claim: fc.Arbitrary<Claimed> = fc.record({
  fromMs: fc.nat(4 * 96).map((quarter) => FIRST + quarter * QUARTER),
  quarters: fc.integer({ min: 1, max: 150 }),
  targets: fc.constantFrom<("all" | string[])[]>("all", ["service-level"], ["by-queue"], ["counted", `by-queue@${QUEUES[0]}`]),
  decision: fc.constantFrom("none" as const, "accepted" as const, "partly" as const, "rejected" as const),
});

/** What two parties may do in some weeks, files first so that there is something to judge. */
export const history: fc.Arbitrary<History> = fc
  .tuple(
    fc.boolean(),
    files,
    fc.array(claim, { maxLength: 2 }),
    files,
    fc.boolean(),
    fc.array(fc.nat(20), { minLength: 20, maxLength: 20 }),
  )
  .map(([withVolume, first, claims, later, hasVersion, hours]) => {
    const file = (one: File): Act => ({ kind: "file", file: one });
    const acts: Act[] = [
      ...first.map(file),
      { kind: "checkpoint" },
      ...claims.map((one): Act => ({ kind: "claim", claim: one })),
      ...(hasVersion ? [{ kind: "version" } as const] : []),
      ...later.map(file),
      { kind: "checkpoint" },
    ];
    return { withVolume, steps: acts.map((act, i) => ({ act, hours: hours[i % hours.length] ?? 0 })) };
  });

async function put(stage: WorkerStage, id: string, withVolume: boolean): Promise<void> {
  const agreement = Agreement.parse({
    ...buildAgreement({ id }),
    effectiveFrom: "2025-12-30",
    exclusions: EXCLUSIONS,
    targets: BEFORE,
    ...(withVolume ? { volume: VOLUME } : {}),
  });
  const counts = intervalFeed(COUNTERS, { id: "counts", timeZone: "UTC", queue: QUEUE, ignore: ["version"] });
  await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ ignore: ["version"] }), counts], nowMs: stage.nowMs });
  const handIn = { agreementId: id, month: "2026-01", by: CLIENT, operationId: randomUUID() };
  if (withVolume) await putForecast(stage.redis, { ...handIn, days: FORECAST, nowMs: Date.parse("2025-12-01T00:00:00Z") });
}

async function makeClaim(stage: WorkerStage, agreementId: string, { fromMs, quarters, targets, decision }: Claimed): Promise<void> {
  const toMs = fromMs + quarters * QUARTER;
  const demand = { agreementId, kind: "client-outage", targets, fromMs, toMs, evidence: "it was down", mitigation: "" } as const;
  const made = await addClaim(stage.redis, { ...demand, by: PROVIDER, operationId: randomUUID(), nowMs: stage.nowMs });
  if (decision === "none" || made.state !== "claimed") return;
  await drive(stage.parts, agreementId);
  const accepted = decision === "partly" ? [{ fromMs: fromMs + QUARTER / 3, toMs }] : [];
  const answer = { agreementId, claimId: made.id, expectedSeq: 1, decision, accepted, note: "so be it" };
  await decideClaim(stage.redis, { ...answer, by: CLIENT, operationId: randomUUID(), nowMs: stage.nowMs });
}

async function take(stage: WorkerStage, agreementId: string, act: Act, number: number): Promise<void> {
  const { redis, parts } = stage;
  if (act.kind === "checkpoint") return await keepCheckpoint(redis, parts.keyRing, agreementId, stage.nowMs);
  if (act.kind === "claim") await makeClaim(stage, agreementId, act.claim);
  if (act.kind === "version") {
    const changes = Agreement.pick({ targets: true, effectiveFrom: true }).parse({ targets: AFTER, effectiveFrom: "2026-01-02" });
    await signNext(redis, agreementId, stage.nowMs, changes);
  }
  if (act.kind === "file")
    await stage.accept(agreementId, act.file.kind === "contacts" ? "calls" : "counts", once(textOf(act.file, number)));
  await drive(parts, agreementId);
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Lives a history on a worker's stage and takes its bundle, with a checkpoint as it was kept halfway through. */
export async function liveThrough(
  stage: WorkerStage,
  agreementId: string,
  { withVolume, steps }: History,
): Promise<{ bundle: Uint8Array }> {
  stage.nowMs = HISTORY_STARTS;
  await put(stage, agreementId, withVolume);
  for (const [i, { hours, act }] of steps.entries()) {
    stage.nowMs += hours * HOUR;
    await tick(stage.parts, agreementId);
    await take(stage, agreementId, act, i);
  }
  stage.nowMs += 5 * 24 * HOUR;
  await tick(stage.parts, agreementId);
  return { bundle: await wholeBundle(stage, agreementId) };
}

export async function wholeBundle({ redis, parts, rawFiles }: WorkerStage, agreementId: string): Promise<Uint8Array> {
  return Buffer.concat(await Array.fromAsync(bundleOf({ redis, keyRing: parts.keyRing, rawFiles }, agreementId)));
}
