import type { Redis } from "ioredis";
import { z } from "zod";
import { targetDetail } from "../agreement/compiled.ts";
import { Verdict, verdictKey } from "../agreement/verdict.ts";
import { windowAt } from "../agreement/windows.ts";
import { Alert } from "../alerts/alert.ts";
import { addDays } from "../calendar/day.ts";
import { type AgreementView, DaySeries, FeedHealth, type Snapshot } from "../protocol/live.ts";
import { Receipt } from "../protocol/receipt.ts";
import { readAgreement, type StoredAgreement } from "./agreements.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";

const DAYS_SHOWN = 21;
const ALERTS_SHOWN = 100;
const RECEIPTS_SHOWN = 20;

/** One read, so that everything in a snapshot is as of its sequence number. */
const SCRIPT = `
local function some(key, from, n)
  local fields = {}
  for i = 0, n - 1 do fields[#fields + 1] = ARGV[from + i] end
  if n == 0 then return {} end
  return redis.call('HMGET', key, unpack(fields))
end
local verdicts = some(KEYS[2], 4, tonumber(ARGV[1]))
local ids = redis.call('ZREVRANGE', KEYS[5], 0, tonumber(ARGV[2]) - 1)
local alerts = {}
if #ids > 0 then alerts = redis.call('HMGET', KEYS[4], unpack(ids)) end
local count = tonumber(redis.call('GET', KEYS[8]) or '0')
local receipts = {}
for number = count, math.max(1, count - tonumber(ARGV[3]) + 1), -1 do receipts[#receipts + 1] = redis.call('HGET', KEYS[7], number) end
return {redis.call('GET', KEYS[1]) or '0', verdicts, redis.call('HVALS', KEYS[3]), alerts, redis.call('HVALS', KEYS[6]), receipts}
`;

const Reply = z.tuple([
  z.string(),
  z.array(z.string().nullable()),
  z.array(z.string()),
  z.array(z.string().nullable()),
  z.array(z.string()),
  z.array(z.string().nullable()),
]);

/** How an agreement presents itself on a screen. */
export function viewOf({ agreement, targets }: StoredAgreement): AgreementView {
  return {
    id: agreement.id,
    name: agreement.name,
    version: agreement.version,
    client: agreement.parties.client,
    provider: agreement.parties.provider,
    timeZone: agreement.timeZone,
    effectiveFrom: agreement.effectiveFrom,
    intervalMinutes: agreement.intervalMinutes,
    targets: targets.map(({ target, formula }) => ({
      id: target.id,
      name: target.name,
      clause: target.clause ?? null,
      feed: target.feed,
      queues: target.queues,
      formula: formula.says,
      ...targetDetail(target),
      unit: formula.unit,
      direction: target.direction,
      expected: target.expected,
      minimum: target.minimum ?? null,
      minimumSample: target.minimumSample,
    })),
  };
}

/**
 * The last three weeks of days and the last two months of every target, counted back from the latest day with data, and
 * today, which has its verdict from midnight on although no data came yet.
 */
function shownVerdicts({ agreement, zone }: StoredAgreement, latestDay: string, nowMs: number): string[] {
  const today = zone.localDay(nowMs);
  const days = new Set([today, ...Array.from({ length: DAYS_SHOWN + 1 }, (_, i) => addDays(latestDay, -i))]);
  const thisMonth = windowAt(zone, "month", latestDay, nowMs).start;
  const months = new Set([windowAt(zone, "month", today, nowMs).start, thisMonth, `${addDays(thisMonth, -1).slice(0, 7)}-01`]);
  return agreement.targets.flatMap((target) => [
    ...(target.windows.includes("day") ? [...days].map((start) => verdictKey(target.id, { kind: "day", start })) : []),
    ...(target.windows.includes("month") ? [...months].map((start) => verdictKey(target.id, { kind: "month", start })) : []),
  ]);
}

function parseAll<T>(schema: z.ZodType<T>, texts: readonly (string | null)[]): T[] {
  return texts.flatMap((text) => (text === null ? [] : [schema.parse(JSON.parse(text))]));
}

/** The whole state of an agreement as of one sequence number; `null` when there is no such agreement. */
export async function readSnapshot(redis: Redis, agreementId: string, nowMs: number): Promise<Snapshot | null> {
  const stored = await readAgreement(redis, agreementId);
  if (stored === null) return null;
  const keys = agreementKeys(agreementId);
  const latestDay = (await redis.hget(keys.clock, "to")) ?? stored.zone.localDay(nowMs);
  const fields = shownVerdicts(stored, latestDay, nowMs);
  const scriptKeys = [keys.seq, keys.verdicts, keys.series, keys.alerts, keys.alertsByChange, keys.feeds, keys.receipts, keys.receiptCount];
  const reply = Reply.parse(await runScript(redis, SCRIPT, scriptKeys, [fields.length, ALERTS_SHOWN, RECEIPTS_SHOWN, ...fields]));
  const [seq, verdicts, series, alerts, feeds, receipts] = reply;
  return {
    seq: Number(seq),
    atMs: nowMs,
    agreement: viewOf(stored),
    verdicts: parseAll(Verdict, verdicts),
    series: parseAll(DaySeries, series),
    alerts: parseAll(Alert, alerts),
    feeds: parseAll(FeedHealth, feeds),
    receipts: parseAll(Receipt, receipts),
  };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Every published verdict: oldest window first, a day before the month that starts with it, then by target. */
export async function readVerdicts(redis: Redis, agreementId: string): Promise<Verdict[]> {
  const stored = await redis.hvals(agreementKeys(agreementId).verdicts);
  return parseAll(Verdict, stored).toSorted(
    (a, b) => a.window.fromMs - b.window.fromMs || a.window.toMs - b.window.toMs || byText(a.targetId, b.targetId),
  );
}
