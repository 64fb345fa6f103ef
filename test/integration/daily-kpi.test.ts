import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { Interval } from "../../shared/facts/interval.ts";
import type { Claim, ClaimId } from "../../shared/feeds/canonical.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { putDocuments } from "../support/put-documents.ts";
import { HAS_REAL_DATA, realDataFile } from "../support/real-data.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2022-01-15T12:00:00Z");
const DAYS = 600;
const FROM = Date.parse("2020-01-01T00:00:00Z");
const TO = FROM + DAYS * 86_400_000;

interface Export {
  readonly stored: StoredAgreement;
  readonly receipt: Receipt;
  readonly days: readonly Interval[];
  readonly verdicts: readonly Verdict[];
}

async function readYaml(file: string): Promise<unknown> {
  return parse(await readFile(`docs/examples/${file}`, "utf8"));
}

/** The example agreement, reading whichever of the two feeds. */
async function handIn(stage: WorkerStage, feedFile: string, dataFile: string): Promise<Export> {
  const feed = FeedDefinition.parse(await readYaml(feedFile));
  const example = Agreement.parse(await readYaml("daily-kpi-agreement.yaml"));
  const agreement = { ...example, id: feed.id, targets: example.targets.map((target) => ({ ...target, feed: feed.id })) };
  const stored = await putDocuments(stage.redis, { agreement, feeds: [feed], nowMs: stage.nowMs });
  const receipt = await stage.handIn(agreement.id, feed.id, { file: realDataFile(`daily-kpis/${dataFile}`) });
  const [queue] = await readIntervals(stage.redis, {
    agreementId: agreement.id,
    feed: feed.id,
    layout: stored.layout(feed.id),
    fromMs: FROM,
    toMs: TO,
  });
  const days = (queue?.intervals ?? []).toSorted((a, b) => a.startMs - b.startMs);
  return { stored, receipt, days, verdicts: await readVerdicts(stage.redis, agreement.id) };
}

/** Whether two prints of one figure may come from the same number: half of the coarser's last digit apart at most. */
function samePrint(a: Claim, b: Claim): boolean {
  const dp = Math.max(a.dp, b.dp);
  const scaled = ({ mantissa, dp: own }: Claim): number => mantissa * 10 ** (dp - own);
  return 2 * Math.abs(scaled(a) - scaled(b)) <= 10 ** (dp - Math.min(a.dp, b.dp));
}

describe.skipIf(!HAS_REAL_DATA)("real data: 600 days of one call centre, exported twice", () => {
  let stage: WorkerStage;
  let printed: Export;
  let dated: Export;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
    printed = await handIn(stage, "daily-kpi-feed.yaml", "daily-kpis.csv");
    dated = await handIn(stage, "daily-kpi-dated-feed.yaml", "daily-kpis-dated.csv");
  });
  afterAll(async () => await stage?.stop());

  const days = (from: Export, targetId: string): Verdict[] =>
    from.verdicts.filter((verdict) => verdict.targetId === targetId && verdict.window.kind === "day");
  const claimOf = ({ stored }: Export, interval: Interval | undefined, id: ClaimId): Claim | null =>
    interval?.claims[stored.layout(stored.feeds[0]?.id ?? "").claims.indexOf(id)] ?? null;

  it("takes all 600 days of both in", () => {
    for (const { receipt } of [printed, dated])
      expect(receipt).toMatchObject({ state: "applied", counts: { rows: DAYS, applied: DAYS, rejected: 0, duplicate: 0 } });
    expect(printed.days.length).toBe(DAYS);
  });

  it("counts the same contacts on every day, whichever file they came in", () => {
    const counts = ({ days: all }: Export): unknown => all.map(({ startMs, counters }) => [startMs, ...counters]);
    expect(counts(dated)).toEqual(counts(printed));
  });

  it.each(["answer-rate", "service-level", "asa", "average-wait", "average-talk"] as const)(
    "%s is printed within half a digit of the coarser file on every day",
    (id) => {
      const pairs = printed.days.map((interval, i) => [claimOf(printed, interval, id), claimOf(dated, dated.days[i], id)] as const);
      const both = pairs.flatMap(([a, b]) => (a === null || b === null ? [] : [samePrint(a, b)]));
      expect(pairs.filter(([a, b]) => (a === null) !== (b === null))).toEqual([]);
      expect(both.length).toBeGreaterThan(590);
      expect(both.every(Boolean)).toBe(true);
    },
  );

  it("warns of the three days of the dated file whose printed answer rate its own counts contradict, and of none in the other", () => {
    const mismatches = ({ receipt }: Export) => receipt.problems.filter(({ rule }) => rule === "claim-mismatch");
    expect(mismatches(printed)).toEqual([]);
    expect(mismatches(dated).map(({ severity, column }) => [severity, column])).toEqual(
      Array.from({ length: 3 }, () => ["warning", "Answer Rate"]),
    );
    expect(dated.receipt.counts.warnings).toBe(3);
  });

  it("recomputes the answer rate beside the printed one and flags exactly those three days", () => {
    const [first] = days(printed, "answer-rate");
    expect(first).toMatchObject({ status: "met", value: { num: 204, den: 217 }, fed: { value: { mantissa: 9401, dp: 4 }, agrees: true } });
    expect(days(dated, "answer-rate")[0]).toMatchObject({
      value: { num: 204, den: 217 },
      fed: { value: { mantissa: 94, dp: 2 }, agrees: true },
    });
    expect(days(printed, "answer-rate").filter(({ fed }) => fed?.agrees === false)).toEqual([]);
    expect(days(dated, "answer-rate").filter(({ fed }) => fed?.agrees === false).length).toBe(3);
  });

  it("recomputes abandonment, which no file prints", () => {
    const [first] = days(printed, "abandonment");
    expect(first).toMatchObject({ status: "met", value: { num: 13, den: 217 }, fed: null });
    expect(days(printed, "abandonment").length).toBe(DAYS);
  });

  it("cannot derive the service level and names the missing count; what was printed stays a claim", () => {
    for (const { verdicts, ...rest } of [printed, dated]) {
      const own = verdicts.filter(({ targetId }) => targetId === "service-level");
      expect(own.every(({ status, value }) => status === "not-derivable" && value === null)).toBe(true);
      expect(own[0]?.reason).toContain("calls answered within 20 s");
      const shown = days({ verdicts, ...rest }, "service-level");
      expect(shown.map(({ fed }) => fed?.value ?? null)).toEqual(
        rest.days.map((interval) => claimOf({ verdicts, ...rest }, interval, "service-level")),
      );
    }
    expect(days(printed, "service-level")[0]?.fed).toEqual({ value: { mantissa: 7628, dp: 4 }, agrees: null });
    expect(days(dated, "service-level")[0]?.fed).toEqual({ value: { mantissa: 76, dp: 2 }, agrees: null });
  });

  it("a month is the sum of its days; no printed figure stands for it", () => {
    const month = printed.verdicts.find(
      ({ targetId, window }) => targetId === "answer-rate" && window.kind === "month" && window.start === "2020-02-01",
    );
    const own = days(printed, "answer-rate").filter(({ window }) => window.start.startsWith("2020-02"));
    expect(own.length).toBe(29);
    expect(month?.fed).toBeNull();
    expect(month?.value).toEqual(
      own.reduce((sum, { value }) => ({ num: sum.num + (value?.num ?? 0), den: sum.den + (value?.den ?? 0) }), { num: 0, den: 0 }),
    );
  });

  it("comes to the same verdicts from both files", () => {
    const told = ({ verdicts }: Export): unknown =>
      verdicts.map(({ targetId, window, status, value, n }) => ({ targetId, window, status, value, n }));
    expect(told(dated)).toEqual(told(printed));
  });

  it("days with few calls are not proven, not a hundred per cent", () => {
    const few = days(printed, "answer-rate").filter(({ n }) => n < 50);
    expect(few.length).toBeGreaterThan(0);
    expect(few.every(({ status, needed, n }) => status === "not-proven" && needed === 50 - n)).toBe(true);
  });
});
