import type { Redis } from "ioredis";
import { Verdict } from "../../shared/agreement/verdict.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import type { StreamEvent } from "../../shared/protocol/live.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { FavourCounts, Restatement, RestatedVerdict } from "../../shared/protocol/restatement.ts";
import { type Favour, favourOfAll, favourOfChange } from "../../shared/settlement/favour.ts";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { Write } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readFavours, sealRestatement } from "../../shared/store/restatements.ts";
import { readRestated, type RestatedFacts } from "../../shared/store/restated-facts.ts";
import { correctionSignals } from "./correction-signals.ts";
import type { VerdictChange } from "./evaluation.ts";
import { restatedCredit } from "./restated-credit.ts";

/** What a correction wants written, told and signalled in the step that settles its receipt. */
export interface Correction {
  readonly writes: Write[];
  readonly ledger: LedgerEntry[];
  readonly events: StreamEvent[];
  readonly signals: SignalEvent[];
}

/** What a receipt replaced, and whom the corrections of its feed have favoured before. */
export interface Replaced extends RestatedFacts {
  readonly feed: string;
  readonly rows: number;
  readonly favours: FavourCounts;
}

export interface CorrectionRequest {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  readonly receipt: Receipt;
  /** `null` of a receipt that replaced nothing. */
  readonly replaced: Replaced | null;
  readonly changes: readonly VerdictChange[];
  readonly nowMs: number;
}

const VERDICTS_SHOWN = 30;
/** Of a receipt that replaced nothing. */
export const NO_CORRECTION: Correction = { writes: [], ledger: [], events: [], signals: [] };

function says({ status, value }: Verdict): RestatedVerdict["old"] {
  return { status, value };
}

function differs(before: Verdict, after: Verdict): boolean {
  return before.status !== after.status || before.value?.num !== after.value?.num || before.value?.den !== after.value?.den;
}

/** The published verdicts of the feed's targets whose windows contain something that was restated. */
function restatedVerdicts({ stored, changes }: CorrectionRequest, feed: string, starts: readonly number[]): RestatedVerdict[] {
  const targets = stored.history.versions.flatMap((version) => version.targets).filter(({ target }) => target.feed === feed);
  const own = new Set(targets.map(({ target }) => target.id));
  const touched = ({ fromMs, toMs }: Verdict["window"]): boolean => starts.some((start) => start >= fromMs && start < toMs);
  return changes.flatMap(({ before, verdict }): RestatedVerdict[] => {
    if (before === null || !own.has(verdict.targetId) || !touched(verdict.window)) return [];
    const old = Verdict.parse(JSON.parse(before));
    if (!differs(old, verdict)) return [];
    const { kind, start, open, part } = verdict.window;
    return [
      {
        targetId: verdict.targetId,
        window: { kind, start, open, part },
        unit: verdict.unit,
        direction: verdict.direction,
        expected: verdict.expected,
        notBelow: verdict.notBelow,
        old: says(old),
        new: says(verdict),
        flipped: !old.window.open && old.status !== verdict.status,
        favour: favourOfChange(old, verdict),
      },
    ];
  });
}

function withOne(counts: FavourCounts, favour: Favour): FavourCounts {
  return { ...counts, [favour]: counts[favour] + 1 };
}

function lateness({ zone }: StoredAgreement, lastStartMs: number, acceptedAtMs: number): number {
  return Math.max(0, acceptedAtMs - zone.dayRange(zone.localDay(lastStartMs)).toMs);
}

async function cardOf(request: CorrectionRequest, { feed, restated, whole, favours }: Replaced): Promise<Restatement> {
  const { stored, receipt, nowMs } = request;
  const { starts } = restated;
  const { restated: replaced, withdrawn = 0 } = receipt.counts;
  const [firstMs, lastStartMs] = [starts[0] ?? receipt.acceptedAtMs, starts.at(-1) ?? receipt.acceptedAtMs];
  const verdicts = restatedVerdicts(request, feed, starts).toSorted((a, b) => Number(b.flipped) - Number(a.flipped));
  const favour = favourOfAll(verdicts);
  return sealRestatement({
    receiptId: receipt.id,
    receipt: receipt.number,
    feed,
    filename: receipt.filename,
    by: receipt.acceptedFrom,
    acceptedAtMs: receipt.acceptedAtMs,
    atMs: nowMs,
    rows: replaced + withdrawn,
    ...(withdrawn === 0 ? {} : { withdrawn }),
    firstMs,
    lastMs: lastStartMs + stored.intervalMs(feed),
    lateMs: lateness(stored, lastStartMs, receipt.acceptedAtMs),
    totals: restated.totals,
    values: [...restated.first],
    whole,
    verdicts: verdicts.slice(0, VERDICTS_SHOWN),
    verdictsChanged: verdicts.length,
    flipped: verdicts.filter(({ flipped }) => flipped).length,
    credit: await restatedCredit(request),
    favour,
    favours: withOne(favours, favour),
  });
}

/** What telling of a correction begins with; it does not depend on what is judged, so it can be read meanwhile. */
export async function readReplaced(redis: Redis, stored: StoredAgreement, receipt: Receipt): Promise<Replaced | null> {
  const { id } = stored.agreement;
  const rows = receipt.counts.restated + (receipt.counts.withdrawn ?? 0);
  if (rows === 0) return null;
  const feed = receipt.feedId.slice(id.length + 1);
  const [facts, favours] = await Promise.all([
    readRestated(redis, stored, { feed, receipt: receipt.number, rows }),
    readFavours(redis, id, feed),
  ]);
  return { ...facts, feed, rows, favours };
}

/**
 * What a receipt that restated is told as: a card of what changed, from what, to what, how late, and which verdicts with
 * it, for both sides; and the alerts that it raises.
 */
export async function correctionOf(request: CorrectionRequest): Promise<Correction> {
  const { stored, receipt, replaced, nowMs } = request;
  if (replaced === null) return NO_CORRECTION;
  const { id } = stored.agreement;
  const { feed, rows } = replaced;
  const keys = agreementKeys(id);
  const card = await cardOf(request, replaced);
  return {
    writes: [
      ["HSET", keys.restatements, card.receipt, JSON.stringify(card)],
      ["HSET", keys.favours, feed, JSON.stringify(card.favours)],
    ],
    ledger: [
      { v: 1, kind: "restatement", agreement: id, atMs: nowMs, actor: "accord", receipt: receipt.number, feed, rows, sha256: card.sha256 },
    ],
    events: [{ kind: "restatement:made", restatement: card }],
    signals: correctionSignals(stored, card, nowMs),
  };
}
