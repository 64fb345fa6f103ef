import type { Redis } from "ioredis";
import { canonicalText } from "../ledger/canonical.ts";
import { type LedgerEntry, sealEntry } from "../ledger/entry.ts";
import type { StreamEvent } from "../protocol/live.ts";
import { eventText } from "./json-text.ts";
import { agreementKeys, RECEIPT_HINT_CHANNEL, STREAM_HINT_CHANNEL, STREAM_TOLD_CHANNEL } from "./keys.ts";
import { runScript } from "./script.ts";
import { sha256 } from "./sha256.ts";

export type Arg = string | number | Uint8Array;
export type Write = readonly [command: string, key: string, ...args: Arg[]];
/** What must still be true; `""` stands for an absent value. */
export type Expectation = { readonly key: string; readonly field?: string; readonly is: string };

export interface Commit {
  readonly agreementId: string;
  /** Names this operation; the same id again, while it is remembered, changes nothing and says so. */
  readonly operationId: string;
  readonly rememberSeconds?: number;
  readonly nowMs: number;
  /** The lease token of a worker; people's operations have none. */
  readonly fence?: string;
  readonly expect?: readonly Expectation[];
  readonly writes: readonly Write[];
  readonly ledger?: readonly LedgerEntry[];
  readonly events?: readonly StreamEvent[];
  /** What workers are told of a new receipt: a message of `RECEIPT_HINT_CHANNEL`. */
  readonly receiptHint?: string;
}

export type CommitResult =
  | { readonly kind: "done"; readonly seq: number }
  | { readonly kind: "repeated"; readonly seq: number }
  | { readonly kind: "fenced" }
  | { readonly kind: "conflict"; readonly index: number; readonly actual: string };

/** A lost reply is repeated within seconds; what a person may repeat later says so. */
const OPERATION_TTL_SECONDS = 600;
const STREAM_LENGTH = 20_000;
/** Beyond this a message only says that there is something to read: subscribers who are slow must not pile up in Redis. */
const TOLD_BYTES = 65_536;

/**
 * Every business write is this one atomic step: fence, expectations, writes, ledger leaves and stream entries.
 * A lost reply makes ioredis send it again; the operation's record then answers instead of a second effect.
 */
const SCRIPT = `
local at = 1
local function take() local value = ARGV[at]; at = at + 1; return value end
local done = redis.call('GET', KEYS[1])
if done then return {'repeated', done} end
local token = take()
if token ~= '' and redis.call('GET', KEYS[5]) ~= token then return {'fenced'} end
local nowMs, ttl, keep = take(), take(), take()
for i = 1, tonumber(take()) do
  local key, field, is = KEYS[tonumber(take())], take(), take()
  local actual
  if field == '' then actual = redis.call('GET', key) else actual = redis.call('HGET', key, field) end
  if (actual or '') ~= is then return {'conflict', i - 1, actual or ''} end
end
for _ = 1, tonumber(take()) do
  local command, key, argc = take(), KEYS[tonumber(take())], tonumber(take())
  local args = {}
  for i = 1, argc do args[i] = take() end
  redis.call(command, key, unpack(args))
end
for _ = 1, tonumber(take()) do redis.call('RPUSH', KEYS[4], take()) end
local events = tonumber(take())
local seq = tonumber(redis.call('GET', KEYS[2]) or '0')
local told, bytes = {'', string.format('%d', seq + 1), nowMs}, 0
for _ = 1, events do
  local event = take()
  seq = redis.call('INCR', KEYS[2])
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', keep, seq .. '-0', 't', nowMs, 'e', event)
  bytes = bytes + #event
  if bytes <= ${TOLD_BYTES} then told[#told + 1] = event end
end
redis.call('SET', KEYS[1], seq, 'EX', ttl)
local agreement, streamTold, streamHint, receiptChannel, receiptHint = take(), take(), take(), take(), take()
told[1] = agreement
if receiptHint ~= '' then redis.call('PUBLISH', receiptChannel, receiptHint) end
if events > 0 then
  redis.call('PUBLISH', streamTold, bytes <= ${TOLD_BYTES} and table.concat(told, '\\n') or agreement)
  redis.call('PUBLISH', streamHint, agreement)
end
return {'done', seq}
`;

class KeyTable {
  readonly keys: string[];
  private readonly at = new Map<string, number>();

  constructor(fixed: readonly string[]) {
    this.keys = [...fixed];
  }

  indexOf(key: string): number {
    const known = this.at.get(key);
    if (known !== undefined) return known;
    this.keys.push(key);
    this.at.set(key, this.keys.length);
    return this.keys.length;
  }
}

function bytes(arg: Arg): string | number | Buffer {
  return arg instanceof Uint8Array ? Buffer.from(arg.buffer, arg.byteOffset, arg.byteLength) : arg;
}

function argumentsOf(commit: Commit, table: KeyTable): (string | number | Buffer)[] {
  const expect = commit.expect ?? [];
  const ledger = commit.ledger ?? [];
  const events = commit.events ?? [];
  const args: (string | number | Buffer)[] = [
    commit.fence ?? "",
    commit.nowMs,
    commit.rememberSeconds ?? OPERATION_TTL_SECONDS,
    STREAM_LENGTH,
    expect.length,
  ];
  for (const { key, field, is } of expect) args.push(table.indexOf(key), field ?? "", is);
  args.push(commit.writes.length);
  for (const [command, key, ...rest] of commit.writes) {
    args.push(command, table.indexOf(key), rest.length);
    for (const arg of rest) args.push(bytes(arg));
  }
  args.push(ledger.length, ...ledger.map((entry) => bytes(sealEntry(entry, sha256))));
  args.push(events.length, ...events.map(eventText));
  args.push(commit.agreementId, STREAM_TOLD_CHANNEL, STREAM_HINT_CHANNEL, RECEIPT_HINT_CHANNEL, commit.receiptHint ?? "");
  return args;
}

function resultOf(reply: unknown): CommitResult {
  const [kind, a, b] = Array.isArray(reply) ? reply : [];
  switch (kind) {
    case "done":
    case "repeated":
      return { kind, seq: Number(a) };
    case "fenced":
      return { kind };
    case "conflict":
      return { kind, index: Number(a), actual: String(b) };
    default:
      throw new Error(`the commit script answered ${canonicalText(String(kind))}`);
  }
}

/** Carries out one business write. Expected refusals are return values; only a failing Redis throws. */
export async function commit(redis: Redis, operation: Commit): Promise<CommitResult> {
  const keys = agreementKeys(operation.agreementId);
  const table = new KeyTable([keys.operation(operation.operationId), keys.seq, keys.stream, keys.ledger, keys.lease]);
  const args = argumentsOf(operation, table);
  return resultOf(await runScript(redis, SCRIPT, table.keys, args));
}
