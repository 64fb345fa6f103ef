import type { Alert } from "../../shared/alerts/alert.ts";
import type { WireError } from "../../shared/protocol/errors.ts";
import type { SeenEntry, Snapshot, StreamEntry } from "../../shared/protocol/live.ts";
import type { Watched } from "../../shared/protocol/socket-events.ts";
import type { ExclusionClaim } from "../../shared/settlement/claim.ts";
import { withAlert, withClaim } from "./agreement-state.ts";
import { connectionState, type LineFacts, newLine } from "./connection.ts";
import { type Agreements, EMPTY_VIEW, isSameView, type LiveView } from "./live-view.ts";
import { answerArrived, connected, entriesArrived, NEW_READER, type ReaderStep, type StreamReader } from "./stream-reader.ts";

/** The question to put to the server next: everything after this cursor, or a snapshot for `null`. */
export interface Question {
  readonly cursor: number | null;
}
type EntryListener = (agreementId: string, entries: readonly StreamEntry[]) => void;
interface Pause {
  readonly agreements: Agreements;
  readonly sinceMs: number;
  readonly waiting: number;
}

/** The one live store of a browser, fed by snapshots and stream entries. It knows no socket; its clock is injected. */
export class LiveStore {
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #entryListeners = new Set<EntryListener>();
  #readers = new Map<string, StreamReader>();
  #latest: Agreements = new Map();
  #failures: ReadonlyMap<string, WireError> = new Map();
  #line: LineFacts;
  #clockOffsetMs = 0;
  #confirmedAtMs: number | null = null;
  #pause: Pause | null = null;
  #view: LiveView = EMPTY_VIEW;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#line = newLine(nowMs(), true);
  }

  readonly getView = (): LiveView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears of every entry once, in order, also while the view is paused. */
  readonly onEntries = (listener: EntryListener): (() => void) => {
    this.#entryListeners.add(listener);
    return () => this.#entryListeners.delete(listener);
  };

  /** The server's clock now, as far as this browser knows, in milliseconds. */
  readonly serverNowMs = (): number => this.#nowMs() + this.#clockOffsetMs;

  /** Starts or restarts watching an agreement and says from where. */
  watchOpened(agreementId: string): Question {
    return this.#take(agreementId, connected(this.#reader(agreementId))) ?? { cursor: null };
  }

  watchAnswered(agreementId: string, answer: Watched): Question | null {
    if (this.#failures.has(agreementId)) this.#failures = new Map([...this.#failures].filter(([id]) => id !== agreementId));
    return this.#take(agreementId, answerArrived(this.#reader(agreementId), answer));
  }

  watchFailed(agreementId: string, error: WireError): void {
    this.#failures = new Map(this.#failures).set(agreementId, error);
    this.#publish();
  }

  entriesArrived(agreementId: string, entries: readonly SeenEntry[]): Question | null {
    return this.#take(agreementId, entriesArrived(this.#reader(agreementId), entries));
  }

  snapshotArrived(agreementId: string, snapshot: Snapshot): void {
    this.#take(agreementId, answerArrived(NEW_READER, { kind: "snapshot", snapshot }));
  }

  /** The server's own answer to what somebody did to an alert; it may overtake the stream. */
  alertAnswered(alert: Alert): void {
    const reader = this.#reader(alert.agreementId);
    if (reader.state === null) return;
    this.#take(alert.agreementId, { reader: { ...reader, state: withAlert(reader.state, alert) }, applied: [], ask: null });
  }

  /** The server's own answer to a new claim, a decision or a withdrawal; it may overtake the stream too. */
  claimAnswered(agreementId: string, claim: ExclusionClaim): void {
    const reader = this.#reader(agreementId);
    if (reader.state === null) return;
    this.#take(agreementId, { reader: { ...reader, state: withClaim(reader.state, claim) }, applied: [], ask: null });
  }

  lineChanged(change: Partial<Pick<LineFacts, "online" | "connected" | "everConnected" | "droppedAtMs">>): void {
    this.#line = { ...this.#line, ...change };
    this.#publish();
  }

  clockTicked(asOfMs: number, store: "up" | "down", unjudgedSinceMs: number | null = null): void {
    this.#clockOffsetMs = asOfMs - this.#nowMs();
    if (store === "up") this.#confirmedAtMs = unjudgedSinceMs ?? asOfMs;
    this.#line = { ...this.#line, lastWordAtMs: this.#nowMs(), store, unjudgedSinceMs };
    this.#publish();
  }

  /** Looks at the clock again: silence becomes visible although no event tells it. Returns how long the server has been silent. */
  look(): number {
    this.#publish();
    return this.#nowMs() - (this.#line.lastWordAtMs ?? this.#line.startedAtMs);
  }

  setPaused(paused: boolean): void {
    this.#pause = paused ? (this.#pause ?? { agreements: this.#latest, sinceMs: this.serverNowMs(), waiting: 0 }) : null;
    this.#publish();
  }

  #reader(agreementId: string): StreamReader {
    return this.#readers.get(agreementId) ?? NEW_READER;
  }

  #take(agreementId: string, step: ReaderStep): Question | null {
    this.#readers.set(agreementId, step.reader);
    const { state } = step.reader;
    if (state !== null && state !== this.#latest.get(agreementId)) this.#latest = new Map(this.#latest).set(agreementId, state);
    if (this.#pause !== null) this.#pause = { ...this.#pause, waiting: this.#pause.waiting + step.applied.length };
    if (step.applied.length > 0) this.#line = { ...this.#line, lastWordAtMs: this.#nowMs() };
    this.#publish();
    if (step.applied.length > 0) for (const listener of this.#entryListeners) listener(agreementId, step.applied);
    return step.ask;
  }

  #publish(): void {
    const connection = connectionState(this.#line, this.#nowMs());
    const next: LiveView = {
      agreements: this.#pause?.agreements ?? this.#latest,
      failures: this.#failures,
      connection,
      confirmedAtMs: connection === "live" || connection === "connecting" ? null : this.#confirmedAtMs,
      paused: this.#pause === null ? null : { sinceMs: this.#pause.sinceMs, waiting: this.#pause.waiting },
    };
    if (isSameView(this.#view, next)) return;
    this.#view = next;
    for (const listener of this.#listeners) listener();
  }
}
