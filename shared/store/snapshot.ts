import type { Redis } from "ioredis";
import { z } from "zod";
import { type CompiledTarget, targetDetail } from "../agreement/compiled.ts";
import { Verdict, verdictKey } from "../agreement/verdict.ts";
import { Alert } from "../alerts/alert.ts";
import { Outlook } from "../outlook/outlook.ts";
import { type AgreementView, DaySeries, FeedHealth, type Snapshot, type TargetView } from "../protocol/live.ts";
import { Receipt } from "../protocol/receipt.ts";
import { Restatement } from "../protocol/restatement.ts";
import { ExclusionClaim } from "../settlement/claim.ts";
import { readAgreement, type StoredAgreement } from "./agreements.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";
import { shownVerdicts } from "./shown-verdicts.ts";
import { readPending } from "./stored-version.ts";

/** The latest that changed, and beside them those that stand, however long nothing has happened to them. */
const ALERTS_SHOWN = 100;
const STANDING_SHOWN = 400;
const RECEIPTS_SHOWN = 20;
const CLAIMS_SHOWN = 50;
const RESTATEMENTS_SHOWN = 20;
/** More arguments than this a Lua call does not take at once. */
const FIELDS_AT_ONCE = 1000;

/** One read, so that everything in a snapshot is as of its sequence number. */
const SCRIPT = `
local function some(key, from, n)
  local found = {}
  for first = from, from + n - 1, ${FIELDS_AT_ONCE} do
    local fields = {}
    for i = first, math.min(first + ${FIELDS_AT_ONCE}, from + n) - 1 do fields[#fields + 1] = ARGV[i] end
    for _, value in ipairs(redis.call('HMGET', key, unpack(fields))) do found[#found + 1] = value end
  end
  return found
end
local function latest(key, count, n, prefix)
  local found = {}
  for number = count, math.max(1, count - n + 1), -1 do found[#found + 1] = redis.call('HGET', key, prefix .. number) end
  return found
end
local verdicts = some(KEYS[2], 6, tonumber(ARGV[1]))
local ids, listed, standing = redis.call('ZREVRANGE', KEYS[5], 0, tonumber(ARGV[2]) - 1), {}, {}
for _, id in ipairs(ids) do listed[id] = true end
for _, id in ipairs(redis.call('SMEMBERS', KEYS[13])) do
  if not listed[id] then standing[#standing + 1] = {id, tonumber(redis.call('ZSCORE', KEYS[5], id) or '0')} end
end
table.sort(standing, function(a, b) return a[2] > b[2] or (a[2] == b[2] and a[1] < b[1]) end)
for i = 1, math.min(#standing, ${STANDING_SHOWN}) do ids[#ids + 1] = standing[i][1] end
local alerts = {}
if #ids > 0 then alerts = redis.call('HMGET', KEYS[4], unpack(ids)) end
local receipts = latest(KEYS[7], tonumber(redis.call('GET', KEYS[8]) or '0'), tonumber(ARGV[3]), '')
local claims = latest(KEYS[10], redis.call('HLEN', KEYS[10]), tonumber(ARGV[4]), 'c')
local function highest(key, n)
  local numbers, found = {}, {}
  for i, field in ipairs(redis.call('HKEYS', key)) do numbers[i] = tonumber(field) end
  table.sort(numbers, function(a, b) return a > b end)
  for i = 1, math.min(n, #numbers) do found[i] = redis.call('HGET', key, string.format('%d', numbers[i])) end
  return found
end
local restatements = highest(KEYS[12], tonumber(ARGV[5]))
return {
  redis.call('GET', KEYS[1]) or '0', verdicts, redis.call('HVALS', KEYS[3]), alerts, redis.call('HVALS', KEYS[6]), receipts,
  redis.call('HVALS', KEYS[9]), claims, redis.call('HGET', KEYS[11], 'pending') or '', restatements
}
`;

const Texts = z.array(z.string().nullable());
const Reply = z.tuple([z.string(), Texts, Texts, Texts, Texts, Texts, Texts, Texts, z.string(), Texts]);

function targetView({ target, formula, unit, base, member }: CompiledTarget): TargetView {
  return {
    id: target.id,
    name: target.name,
    clause: target.clause ?? null,
    feed: target.feed,
    queues: target.queues,
    formula: formula.says,
    ...targetDetail(target),
    unit,
    direction: target.direction,
    expected: target.expected,
    notBelow: target.notBelow ?? null,
    minimum: target.minimum ?? null,
    minimumSample: target.minimumSample,
    class: target.class,
    windows: target.windows,
    of: member === null ? null : { targetId: base, member },
  };
}

/** How an agreement presents itself on a screen. */
function viewOf({ agreement, targets, vacant }: StoredAgreement): AgreementView {
  return {
    id: agreement.id,
    name: agreement.name,
    version: agreement.version,
    client: agreement.parties.client,
    provider: agreement.parties.provider,
    timeZone: agreement.timeZone,
    effectiveFrom: agreement.effectiveFrom,
    intervalMinutes: agreement.intervalMinutes,
    ...(agreement.alerts === undefined ? {} : { alerts: agreement.alerts }),
    ...(vacant.length === 0 ? {} : { vacant: [...vacant] }),
    targets: targets.map(targetView),
  };
}

function parseAll<T>(schema: z.ZodType<T>, texts: readonly (string | null)[]): T[] {
  return texts.flatMap((text) => (text === null ? [] : [schema.parse(JSON.parse(text))]));
}

/** The whole state of an agreement as of one sequence number; `null` when there is no such agreement. */
export async function readSnapshot(redis: Redis, agreementId: string, nowMs: number): Promise<Snapshot | null> {
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) return null;
  const keys = agreementKeys(agreementId);
  const latestDay = (await redis.hget(keys.clock, "to")) ?? stored.zone.localDay(nowMs);
  const fields = shownVerdicts(stored, latestDay, nowMs);
  const { seq, verdicts, series, alerts, alertsByChange, feeds, receipts, receiptCount, outlooks, claims, doc, restatements } = keys;
  const states = [seq, verdicts, series, alerts, alertsByChange, feeds, receipts, receiptCount, outlooks, claims, doc, restatements];
  const scriptKeys = [...states, keys.alertsActive];
  const limits = [fields.length, ALERTS_SHOWN, RECEIPTS_SHOWN, CLAIMS_SHOWN, RESTATEMENTS_SHOWN];
  const reply = Reply.parse(await runScript(redis, SCRIPT, scriptKeys, [...limits, ...fields]));
  const shown = new Set(stored.targets.map(({ target }) => target.id));
  const pending = readPending(reply[8] === "" ? null : reply[8]);
  return {
    seq: Number(reply[0]),
    atMs: nowMs,
    agreement: viewOf(stored),
    verdicts: parseAll(Verdict, reply[1]),
    series: parseAll(DaySeries, reply[2]).filter(({ targetId }) => shown.has(targetId)),
    alerts: parseAll(Alert, reply[3]),
    feeds: parseAll(FeedHealth, reply[4]),
    receipts: parseAll(Receipt, reply[5]),
    outlooks: inOrder(parseAll(Outlook, reply[6]).filter(({ targetId }) => shown.has(targetId))),
    claims: parseAll(ExclusionClaim, reply[7]),
    restatements: parseAll(Restatement, reply[9]),
    pendingVersions: pending === null ? [] : [pending],
  };
}

/** The order in which Redis gives a hash is nobody's. */
function inOrder(outlooks: readonly Outlook[]): Outlook[] {
  const name = ({ targetId, window }: Outlook): string => verdictKey(targetId, window);
  return outlooks.toSorted((a, b) => byText(name(a), name(b)));
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
