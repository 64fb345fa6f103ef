import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { type Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import { sealVerdict } from "../../shared/ledger/seal-verdict.ts";
import { judgeAll } from "../../shared/outlook/judge-all.ts";
import { Outlook } from "../../shared/outlook/outlook.ts";
import { exclusionsOf } from "../../shared/settlement/exclusions-of.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { addClaim, decideClaim, readClaims } from "../../shared/store/claims.ts";
import { putForecast } from "../../shared/store/forecasts.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { COUNTERS, type File, files, FIRST, Oracle, QUARTER, QUEUES, textOf } from "../support/file-history.ts";
import { CLIENT, EXCLUSIONS, PROVIDER, signNext } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { contactFeed, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-01-05T12:00:00Z");
/** Every day of January is forecast; what came lies below, on and above the band. */
const FORECAST = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`2026-01-${String(i + 1).padStart(2, "0")}`, (i * 3) % 7]));

const QUEUE = { column: "queue", known: [], unknown: "keep-with-warning" as const };
const SERVICE = { metric: "service-level", variant: "negative", withinSeconds: 20 };
const WINDOWS = ["day", "week", "month", "quarter", "rolling-3d"];
const LEVEL = { feed: "calls", measure: SERVICE, direction: "at-least", expected: "60 %", windows: WINDOWS };
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
  { ...LEVEL, id: "speed", name: "Speed", measure: { metric: "asa" }, direction: "at-most", expected: "20 s" },
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

function named(verdicts: readonly Verdict[]): Verdict[] {
  const name = ({ targetId, window }: Verdict): string => `${targetId}.${window.kind}.${window.start}`;
  return verdicts.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

function byWindow(outlooks: readonly Outlook[]): Outlook[] {
  const name = ({ targetId, window }: Outlook): string => `${targetId}.${window.kind}.${window.start}`;
  return outlooks.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

interface Claimed {
  readonly fromMs: number;
  readonly quarters: number;
  readonly targets: "all" | string[];
  readonly decision: "none" | "accepted" | "partly" | "rejected";
}
const claim: fc.Arbitrary<Claimed> = fc.record({
  fromMs: fc.nat(4 * 96).map((quarter) => FIRST + quarter * QUARTER),
  quarters: fc.integer({ min: 1, max: 150 }),
  targets: fc.constantFrom<("all" | string[])[]>("all", ["service-level"], ["by-queue"], ["counted", `by-queue@${QUEUES[0]}`]),
  decision: fc.constantFrom("none" as const, "accepted" as const, "partly" as const, "rejected" as const),
});
type Action = { kind: "file"; file: File } | { kind: "claim"; claim: Claimed } | { kind: "version" };

describe("what is judged piece by piece equals the whole history judged at once", () => {
  let stage: WorkerStage;
  let agreements = 0;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function put(withVolume: boolean): Promise<string> {
    const agreement = Agreement.parse({
      ...buildAgreement({ id: `whole-${agreements++}` }),
      effectiveFrom: "2025-12-30",
      exclusions: EXCLUSIONS,
      targets: BEFORE,
      ...(withVolume ? { volume: VOLUME } : {}),
    });
    const counts = intervalFeed(COUNTERS, { id: "counts", timeZone: "UTC", queue: QUEUE, ignore: ["version"] });
    await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ ignore: ["version"] }), counts], nowMs: NOW });
    const handIn = { agreementId: agreement.id, month: "2026-01", by: CLIENT, operationId: randomUUID() };
    if (withVolume) await putForecast(stage.redis, { ...handIn, days: FORECAST, nowMs: Date.parse("2025-12-01T00:00:00Z") });
    return agreement.id;
  }

  async function makeClaim(agreementId: string, { fromMs, quarters, targets, decision }: Claimed): Promise<void> {
    const toMs = fromMs + quarters * QUARTER;
    const demand = { agreementId, kind: "client-outage", targets, fromMs, toMs, evidence: "it was down", mitigation: "" } as const;
    const made = await addClaim(stage.redis, { ...demand, by: PROVIDER, operationId: randomUUID(), nowMs: NOW });
    if (decision === "none") return;
    await drive(stage.parts, agreementId);
    const accepted = decision === "partly" ? [{ fromMs: fromMs + QUARTER / 3, toMs }] : [];
    const answer = { agreementId, claimId: made.id, expectedSeq: 1, decision, accepted, note: "so be it" };
    await decideClaim(stage.redis, { ...answer, by: CLIENT, operationId: randomUUID(), nowMs: NOW });
  }

  async function take(agreementId: string, action: Action, oracle: Oracle, number: number): Promise<void> {
    if (action.kind === "version") {
      const changes = Agreement.pick({ targets: true, effectiveFrom: true }).parse({ targets: AFTER, effectiveFrom: "2026-01-02" });
      await signNext(stage.redis, agreementId, NOW, changes);
    } else if (action.kind === "claim") await makeClaim(agreementId, action.claim);
    else {
      const bytes = new TextEncoder().encode(textOf(action.file, number));
      const feed = action.file.kind === "contacts" ? "calls" : "counts";
      oracle.add(action.file, (await stage.accept(agreementId, feed, once(bytes))).number);
    }
    await drive(stage.parts, agreementId);
  }

  async function stored(agreementId: string): Promise<StoredAgreement> {
    const found = await readAgreement(stage.redis, agreementId, NOW);
    if (found === null) throw new Error("the agreement is gone");
    return found;
  }

  async function expectWhole(agreementId: string, oracle: Oracle, forecast: ReadonlyMap<string, number>): Promise<void> {
    const { history, ...context } = await stored(agreementId);
    const exclusions = exclusionsOf(await readClaims(stage.redis, agreementId));
    const whole = judgeAll(history, oracle.facts({ history, ...context }), { nowMs: NOW, exclusions, forecast });
    const asked = new Set(whole.verdicts.map(({ targetId, window }) => verdictKey(targetId, window)));
    const live = await readVerdicts(stage.redis, agreementId);
    const others = live.filter(({ targetId, window }) => !asked.has(verdictKey(targetId, window)));
    expect(named(live.filter((verdict) => !others.includes(verdict)))).toEqual(
      named(whole.verdicts.map((verdict) => sealVerdict(verdict, sha256))),
    );
    // What version 1 had published and version 2 does not ask for, or asks for only once there is data.
    expect(others.filter(({ status, value }) => value !== null || !["not-counted", "no-data"].includes(status))).toEqual([]);
    const outlooks = await stage.redis.hvals(agreementKeys(agreementId).outlooks);
    expect(byWindow(outlooks.map((text) => Outlook.parse(JSON.parse(text))))).toEqual(byWindow(whole.outlooks));
    const recounted = await recountAgreement(stage.redis, { history, ...context });
    expect(recounted.flatMap(({ differences }) => differences)).toEqual([]);
  }

  it.each([
    ["without a volume band", false],
    ["with a volume band around a locked forecast", true],
  ])("over files, claims and a version in mid-month, %s", async (_, withVolume) => {
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.array(claim, { maxLength: 3 }),
        fc.array(fc.nat(8), { minLength: 4, maxLength: 4 }),
        async (some, claims, at) => {
          const [agreementId, oracle] = [await put(withVolume), new Oracle()];
          const actions: Action[] = some.map((file) => ({ kind: "file", file }));
          claims.forEach((one, i) => actions.splice((at[i + 1] ?? 0) % (actions.length + 1), 0, { kind: "claim", claim: one }));
          actions.splice((at[0] ?? 0) % (actions.length + 1), 0, { kind: "version" });
          for (const [i, action] of actions.entries()) await take(agreementId, action, oracle, i);
          expect((await stored(agreementId)).stamp).toBe("1,2");
          await expectWhole(agreementId, oracle, new Map(withVolume ? Object.entries(FORECAST) : []));
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
