import { type Verdict, verdictKey } from "../../shared/agreement/verdict.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";
import type { AgreementView, DaySeries, FeedHealth, SeenEntry, Snapshot, StreamEvent } from "../../shared/protocol/live.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { Restatement } from "../../shared/protocol/restatement.ts";
import type { ExclusionClaim } from "../../shared/settlement/claim.ts";

/** What this browser knows of one agreement, complete up to the stream entry `seq`. Never changed in place. */
export interface AgreementState {
  readonly seq: number;
  /** When the newest of it was written, by the server's clock. */
  readonly atMs: number;
  readonly agreement: AgreementView;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** The latest local day of each target, by target id. */
  readonly series: ReadonlyMap<string, DaySeries>;
  readonly alerts: ReadonlyMap<string, Alert>;
  readonly feeds: ReadonlyMap<string, FeedHealth>;
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** Where the open windows will end, by the key of their verdict. */
  readonly outlooks: ReadonlyMap<string, Outlook>;
  readonly claims: ReadonlyMap<string, ExclusionClaim>;
  /** The latest corrections, by the number of their receipt. */
  readonly restatements: ReadonlyMap<number, Restatement>;
  /** Versions that wait for a signature or for their counters, oldest first. */
  readonly pendingVersions: Snapshot["pendingVersions"];
  /** The number of the entry that last changed a version: whoever has read the versions reads them again when it grows. */
  readonly versionsSeq: number;
  /** Grows when the closing of a period changes: whoever has read the periods reads them again. */
  readonly periodsSeq: number;
  /** Grows when what watching for drift says of a target changes: whoever has read it reads it again. */
  readonly driftSeq: number;
  /** The same for coaching actions and calibrations. */
  readonly qualitySeq: number;
  /** The agreement itself has a newer version than `agreement` shows; only a snapshot tells it. */
  readonly outdated: boolean;
}

/** A browser may stay open for weeks; older ones are on the server. */
const KEPT_RECEIPTS = 200;
const KEPT_ALERTS = 500;
const KEPT_RESTATEMENTS = 50;

export function fromSnapshot(snapshot: Snapshot): AgreementState {
  return {
    seq: snapshot.seq,
    atMs: snapshot.atMs,
    agreement: snapshot.agreement,
    verdicts: new Map(snapshot.verdicts.map((verdict) => [verdictKey(verdict.targetId, verdict.window), verdict])),
    series: snapshot.series.reduce((all, series) => withSeries(all, series), new Map<string, DaySeries>()),
    alerts: new Map(snapshot.alerts.map((alert) => [alert.id, alert])),
    feeds: new Map(snapshot.feeds.map((feed) => [feed.feedId, feed])),
    receipts: new Map(snapshot.receipts.map((receipt) => [receipt.id, receipt])),
    outlooks: new Map(snapshot.outlooks.map((outlook) => [verdictKey(outlook.targetId, outlook.window), outlook])),
    claims: new Map(snapshot.claims.map((claim) => [claim.id, claim])),
    restatements: new Map(snapshot.restatements.map((each) => [each.receipt, each])),
    pendingVersions: snapshot.pendingVersions,
    versionsSeq: snapshot.seq,
    periodsSeq: snapshot.seq,
    driftSeq: snapshot.seq,
    qualitySeq: snapshot.seq,
    outdated: false,
  };
}

/** Applies one entry that continues the state, that is, whose number is `state.seq + 1`. */
export function withEntry(state: AgreementState, entry: SeenEntry): AgreementState {
  if ("hidden" in entry) return { ...state, seq: entry.seq };
  const isOfVersions = entry.event.kind === "version:changed" || entry.event.kind === "agreement:changed";
  const versionsSeq = isOfVersions ? entry.seq : state.versionsSeq;
  return { ...withEvent(state, entry.event), seq: entry.seq, versionsSeq, atMs: Math.max(state.atMs, entry.atMs) };
}

function withEvent(state: AgreementState, event: StreamEvent): AgreementState {
  switch (event.kind) {
    case "verdict:changed":
      return { ...state, verdicts: new Map(state.verdicts).set(verdictKey(event.verdict.targetId, event.verdict.window), event.verdict) };
    case "day:changed":
      return { ...state, series: withSeries(new Map(state.series), event.series) };
    case "alert:changed":
      return withAlert(state, event.alert);
    case "receipt:changed":
      return { ...state, receipts: newest(new Map(state.receipts).set(event.receipt.id, event.receipt), KEPT_RECEIPTS, byReceipt) };
    case "feed:changed":
      return { ...state, feeds: new Map(state.feeds).set(event.feed.feedId, event.feed) };
    case "agreement:changed":
      return { ...state, outdated: event.version !== state.agreement.version };
    case "version:changed":
      return { ...state, pendingVersions: withVersion(state.pendingVersions, event.version, event.state) };
    case "claim:changed":
      return withClaim(state, event.claim);
    case "outlook:changed":
      return { ...state, outlooks: new Map(state.outlooks).set(verdictKey(event.outlook.targetId, event.outlook.window), event.outlook) };
    case "restatement:made":
      return { ...state, restatements: withRestatement(state.restatements, event.restatement) };
    case "period:changed":
      return { ...state, periodsSeq: state.periodsSeq + 1 };
    case "drift:changed":
      return { ...state, driftSeq: state.driftSeq + 1 };
    case "quality:changed":
      return { ...state, qualitySeq: state.qualitySeq + 1 };
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** An alert has its own sequence, so an answer that overtakes the stream cannot be undone by an older entry. */
export function withAlert(state: AgreementState, alert: Alert): AgreementState {
  const known = state.alerts.get(alert.id);
  if (known !== undefined && known.seq > alert.seq) return state;
  return { ...state, alerts: newest(new Map(state.alerts).set(alert.id, alert), KEPT_ALERTS, byAlert) };
}

function withVersion(
  pending: AgreementState["pendingVersions"],
  version: number,
  state: AgreementState["pendingVersions"][number]["state"],
): AgreementState["pendingVersions"] {
  const others = pending.filter((each) => each.version !== version);
  const isPending = state === "proposed" || state === "signed";
  return isPending ? [...others, { version, state }].toSorted((a, b) => a.version - b.version) : others;
}

/** A claim has its own sequence too: what the server answered to a decision is not undone by an older entry. */
export function withClaim(state: AgreementState, claim: ExclusionClaim): AgreementState {
  const known = state.claims.get(claim.id);
  if (known !== undefined && known.seq > claim.seq) return state;
  return { ...state, claims: new Map(state.claims).set(claim.id, claim) };
}

function withSeries(all: Map<string, DaySeries>, series: DaySeries): Map<string, DaySeries> {
  const known = all.get(series.targetId);
  return known !== undefined && known.day > series.day ? all : all.set(series.targetId, series);
}

const byReceipt = (receipt: Receipt) => receipt.number;
const byAlert = (alert: Alert) => (alert.status === "resolved" ? alert.changedAtMs : Number.MAX_SAFE_INTEGER);

function withRestatement(all: AgreementState["restatements"], restatement: Restatement): AgreementState["restatements"] {
  return newest(new Map(all).set(restatement.receipt, restatement), KEPT_RESTATEMENTS, (each) => each.receipt);
}

function newest<K, T>(all: Map<K, T>, limit: number, rank: (item: T) => number): Map<K, T> {
  if (all.size <= limit) return all;
  return new Map([...all].toSorted(([, a], [, b]) => rank(b) - rank(a)).slice(0, limit));
}
