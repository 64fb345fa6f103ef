import type { Redis } from "ioredis";
import { BYTE_ORDER_MARK, createLineWriter } from "../feeds/csv-out.ts";
import { decimalText } from "../feeds/csv-out-facts.ts";
import { createTimeWriter, type TimeWriter } from "../feeds/csv-out-time.ts";
import { canonicalText } from "../ledger/canonical.ts";
import { openEntry } from "../ledger/entry.ts";
import { EXPORTS } from "../protocol/archive-routes.ts";
import { Receipt } from "../protocol/receipt.ts";
import { listAlerts } from "./alert-list.ts";
import { readClaims } from "./claims.ts";
import { readForecasts } from "./forecasts.ts";
import { agreementKeys } from "./keys.ts";
import { ledgerSize, readLedgerItems } from "./ledger-tree.ts";
import { readRestatements } from "./restatements.ts";
import { sha256 } from "./sha256.ts";
import { readVerdicts } from "./snapshot.ts";

interface Exported {
  readonly redis: Redis;
  readonly agreementId: string;
  /** Whether alerts that are the provider's alone are left out. */
  readonly sharedOnly: boolean;
  /** How instants are written: with the offset of the agreement's zone. */
  readonly time: TimeWriter;
}

type Row = readonly (string | number | boolean | null)[];
interface TableExport {
  readonly columns: readonly string[];
  readonly rows: (exported: Exported) => AsyncIterable<readonly Row[]>;
}

const AT_ONCE = 500;
const line = createLineWriter(",");

function cell(value: Row[number]): string {
  return value === null ? "" : typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

async function* whole<T>(items: Promise<readonly T[]>, rowsOf: (item: T) => readonly Row[]): AsyncGenerator<readonly Row[]> {
  const all = await items;
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE).flatMap(rowsOf);
}

async function* receiptRows({ redis, agreementId, time }: Exported): AsyncGenerator<readonly Row[]> {
  const keys = agreementKeys(agreementId);
  const count = Number((await redis.get(keys.receiptCount)) ?? "0");
  for (let from = 1; from <= count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from + 1) }, (_, i) => String(from + i));
    const texts = await redis.hmget(keys.receipts, ...numbers);
    yield texts.flatMap((text) => {
      if (text === null) return [];
      const { counts, ...receipt } = Receipt.parse(JSON.parse(text));
      const settled = receipt.settledAtMs === null ? null : time.instant(receipt.settledAtMs);
      const said = [receipt.id, receipt.feedId, receipt.state, time.instant(receipt.acceptedAtMs), receipt.acceptedFrom, settled];
      const counted = [counts.rows, counts.applied, counts.restated, counts.rejected, counts.duplicate, counts.warnings];
      return [[...said, receipt.filename, receipt.bytes, receipt.sha256, ...counted]];
    });
  }
}

async function* ledgerRows({ redis, agreementId, time }: Exported): AsyncGenerator<readonly Row[]> {
  const size = await ledgerSize(redis, agreementId);
  for (let from = 0; from < size; from += AT_ONCE) {
    const items = await readLedgerItems(redis, agreementId, from, Math.min(AT_ONCE, size - from));
    yield items.map((item, i): Row => {
      const entry = openEntry(item, sha256);
      return [from + i, item.toString("hex", 0, 32), time.instant(entry.atMs), entry.kind, entry.actor, canonicalText(entry)];
    });
  }
}

function verdictRows({ redis, agreementId, time }: Exported): AsyncIterable<readonly Row[]> {
  return whole(readVerdicts(redis, agreementId), (verdict) => {
    const { window, value, expected, notBelow } = verdict;
    const when = [window.kind, window.start, time.instant(window.fromMs), time.instant(window.toMs), window.open];
    const figure = [verdict.status, verdict.unit, value?.num ?? null, value?.den ?? null, verdict.n];
    const agreed = [verdict.direction, decimalText(expected), notBelow === null ? null : decimalText(notBelow)];
    const asOf = verdict.asOfMs === null ? null : time.instant(verdict.asOfMs);
    return [[verdict.targetId, verdict.version, ...when, ...figure, ...agreed, verdict.default, asOf, verdict.reason, verdict.hash]];
  });
}

function restatementRows({ redis, agreementId, time }: Exported): AsyncIterable<readonly Row[]> {
  return whole(readRestatements(redis, agreementId), (one) => {
    const when = [one.acceptedAtMs, one.atMs, one.firstMs, one.lastMs].map((ms) => time.instant(ms));
    const credit = [one.credit?.currency ?? null, one.credit?.old ?? null, one.credit?.new ?? null];
    const judged = [one.verdictsChanged, one.flipped, one.favour];
    const changes = one.totals.map((total) => `${total.counter}: ${total.old} -> ${total.new}`).join("; ");
    return [[one.receiptId, one.feed, one.by, ...when, one.lateMs, one.rows, ...judged, ...credit, changes, one.whole, one.sha256]];
  });
}

function alertRows({ redis, agreementId, time, sharedOnly }: Exported): AsyncIterable<readonly Row[]> {
  return whole(listAlerts(redis, agreementId, sharedOnly), ({ id, subject, episode, severity, headline, history }) =>
    history.map(({ seq, kind, atMs, by, note }) => [
      id,
      canonicalText(subject),
      episode,
      severity,
      headline,
      seq,
      kind,
      time.instant(atMs),
      by,
      note,
    ]),
  );
}

function claimRows({ redis, agreementId, time }: Exported): AsyncIterable<readonly Row[]> {
  return whole(readClaims(redis, agreementId), (claim) =>
    claim.steps.map(({ atMs, state, by, note }, i) => [
      claim.id,
      claim.kind,
      claim.targets === "all" ? "all" : claim.targets.join(" "),
      ...[claim.window.fromMs, claim.window.toMs].map((ms) => time.instant(ms)),
      claim.evidence,
      claim.mitigation,
      time.instant(claim.noticeAtMs),
      time.instant(claim.decideByMs),
      claim.accepted.map(({ fromMs, toMs }) => `${time.instant(fromMs)}/${time.instant(toMs)}`).join(" "),
      i + 1,
      state,
      time.instant(atMs),
      by?.party ?? null,
      by?.name ?? null,
      note,
    ]),
  );
}

function forecastRows({ redis, agreementId, time }: Exported): AsyncIterable<readonly Row[]> {
  return whole(readForecasts(redis, agreementId), ({ days, handedInAtMs, locksAtMs }) =>
    Object.entries(days)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, offered]) => [day, offered, time.instant(handedInAtMs), time.instant(locksAtMs)]),
  );
}

function agentRows({ redis, agreementId }: Exported): AsyncIterable<readonly Row[]> {
  const pseudonyms = redis.hkeys(agreementKeys(agreementId).agentNames);
  return whole(
    pseudonyms.then((all) => all.toSorted()),
    (pseudonym) => [[pseudonym]],
  );
}

/** What an agreement's records say, by the name of the export. Facts and counters are exported by feed. */
const TABLES: Readonly<Record<(typeof EXPORTS)[number], TableExport>> = {
  "verdicts.csv": {
    columns: [
      "target",
      "version",
      "window",
      "window_start",
      "from",
      "to",
      "open",
      "status",
      "unit",
      "numerator",
      "denominator",
      "sample",
      "direction",
      "expected",
      "not_below",
      "counts_as",
      "as_of",
      "reason",
      "sha256",
    ],
    rows: verdictRows,
  },
  "receipts.csv": {
    columns: [
      "receipt",
      "feed",
      "state",
      "accepted",
      "by",
      "settled",
      "filename",
      "bytes",
      "sha256",
      "rows",
      "applied",
      "restated",
      "rejected",
      "duplicate",
      "warnings",
    ],
    rows: receiptRows,
  },
  "restatements.csv": {
    columns: [
      "receipt",
      "feed",
      "by",
      "accepted",
      "made",
      "first",
      "last",
      "late_ms",
      "rows",
      "verdicts_changed",
      "verdicts_flipped",
      "favours",
      "currency",
      "credit_old",
      "credit_new",
      "changes",
      "complete",
      "sha256",
    ],
    rows: restatementRows,
  },
  "alerts.csv": {
    columns: ["alert", "subject", "episode", "severity", "headline", "step", "transition", "at", "by", "note"],
    rows: alertRows,
  },
  "claims.csv": {
    columns: [
      "claim",
      "kind",
      "targets",
      "from",
      "to",
      "evidence",
      "mitigation",
      "noticed",
      "decide_by",
      "accepted",
      "step",
      "state",
      "at",
      "party",
      "by",
      "note",
    ],
    rows: claimRows,
  },
  "forecasts.csv": { columns: ["day", "offered", "handed_in", "locks"], rows: forecastRows },
  "ledger.csv": { columns: ["index", "leaf", "at", "kind", "actor", "entry"], rows: ledgerRows },
  "agents.csv": { columns: ["agent"], rows: agentRows },
};

/** What is asked for. `timeZone`: the agreement's. */
export interface TableQuery {
  readonly agreementId: string;
  readonly timeZone: string;
  readonly what: (typeof EXPORTS)[number];
  /** Whether alerts that are the provider's alone are left out. */
  readonly sharedOnly: boolean;
}

/** One export of an agreement's records, as CSV in pieces. */
export async function* exportTable(redis: Redis, { timeZone, what, ...query }: TableQuery): AsyncGenerator<string> {
  const { columns, rows } = TABLES[what];
  yield BYTE_ORDER_MARK + line(columns);
  for await (const some of rows({ redis, ...query, time: createTimeWriter(timeZone) }))
    yield some.map((row) => line(row.map(cell))).join("");
}
