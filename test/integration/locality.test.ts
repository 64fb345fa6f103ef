import { afterAll, beforeAll, expect, it } from "vitest";
import { utcDaysOf } from "../../shared/facts/interval.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { signNext } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-20T12:00:00Z");
const COUNTERS = ["answered", "abandoned", "answered-within-20000"] as const;
const HEADER = `date,time,${COUNTERS.join(",")}`;

let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(NOW);
});
afterAll(async () => await stage?.stop());

/** What Redis has carried out and answered so far. */
async function work(): Promise<{ commands: number; bytes: number }> {
  const info = await stage.redis.info("stats");
  const figure = (name: string): number => Number(new RegExp(`${name}:(\\d+)`, "u").exec(info)?.[1]);
  return { commands: figure("total_commands_processed"), bytes: figure("total_net_output_bytes") };
}

/** The cost of one more quarter of an hour in an agreement that has seen so many days, under two versions. */
async function costAfter(days: number): Promise<{ commands: number; bytes: number }> {
  const agreement = { ...buildAgreement({ id: `days-${days}` }), timeZone: "UTC", effectiveFrom: "2025-01-01" };
  const targets = [buildTarget({ windows: ["day", "week", "month", "quarter", "rolling-28d"] })];
  await putDocuments(stage.redis, {
    agreement: { ...agreement, targets },
    feeds: [intervalFeed(COUNTERS, { timeZone: "UTC" })],
    nowMs: NOW,
  });
  await signNext(stage.redis, agreement.id, NOW, { effectiveFrom: "2026-03-01" });
  await tick(stage.parts, agreement.id);
  const dates = utcDaysOf(NOW - (days - 1) * 86_400_000, NOW).map((day) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`);
  await stage.handIn(agreement.id, "calls", [HEADER, ...dates.map((date) => `${date},09:00,90,10,80`), ""].join("\n"));
  expect((await readVerdicts(stage.redis, agreement.id)).filter(({ window }) => window.kind === "day").length).toBe(days);
  const before = await work();
  await stage.handIn(agreement.id, "calls", `${HEADER}\n2026-03-20,09:15,90,10,70\n`);
  const after = await work();
  return { commands: after.commands - before.commands, bytes: after.bytes - before.bytes };
}

it("one changed interval asks as much of the store in a history of thirteen months as in one of three", async () => {
  const [short, long] = [await costAfter(90), await costAfter(395)];
  expect(Math.abs(long.commands - short.commands)).toBeLessThanOrEqual(4);
  expect(long.bytes / short.bytes).toBeLessThan(1.05);
});
