import { io, type Socket } from "socket.io-client";
import { z } from "zod";
import type { Alert } from "../../shared/alerts/alert.ts";
import { WireError } from "../../shared/protocol/errors.ts";
import {
  CLIENT_EVENTS,
  type ClientEventName,
  type ClientPayload,
  type ClientToServer,
  SERVER_EVENTS,
  type ServerToClient,
} from "../../shared/protocol/socket-events.ts";
import type { LiveStore, Question } from "./live-store.ts";

export type Reply<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: WireError };

const ANSWER_MS = 8000;
const ASK_AGAIN_MS = 1000;
const LOOK_MS = 1000;
/** Half-open lines look connected; after this long without a word the line is made anew. */
const RENEW_AFTER_MS = 12_000;

const LINE = { transports: ["websocket"], withCredentials: true, autoConnect: false, reconnectionDelay: 500, reconnectionDelayMax: 5000 };

interface Origin {
  readonly url?: string;
  readonly extraHeaders?: Record<string, string>;
}

const Failure = z.object({ ok: z.literal(false), error: WireError });
const NO_LINE: WireError = {
  code: "unavailable",
  message: "There is no connection to Accord, so nothing was saved.",
  remedy: "Try again once the board is live.",
};
const NO_ANSWER: WireError = {
  code: "unavailable",
  message: "Accord did not answer in time; it may or may not have been saved.",
  remedy: "Try again: the same request counts only once.",
};
const BAD_ANSWER: WireError = {
  code: "internal",
  message: "Accord answered in a form this page does not know.",
  remedy: "Reload the page; it may be older than the server.",
};

/** The line to the server: watches agreements from their cursors, feeds the store, renews itself. */
export class SocketClient {
  readonly #store: LiveStore;
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #watched = new Set<string>();
  readonly #onRefused: () => void;
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #renewedAtMs = 0;

  /**
   * @param onRefused called when the server turns the connection down, which usually means that the session has ended.
   * @param from the server, where it is not the one that the page came from, and what a browser would send by itself.
   */
  constructor(store: LiveStore, onRefused: () => void, from: Origin = {}) {
    this.#store = store;
    this.#onRefused = onRefused;
    const { url, extraHeaders = {} } = from;
    const options = { ...LINE, extraHeaders };
    this.#socket = url === undefined ? io(options) : io(url, options);
    this.#listen();
  }

  /** Connects and keeps the given agreements watched. */
  open(agreementIds: readonly string[]): void {
    for (const id of agreementIds) this.#watched.add(id);
    window.addEventListener("online", this.#networkChanged);
    window.addEventListener("offline", this.#networkChanged);
    this.#networkChanged();
    this.#timers.push(setInterval(() => this.#look(), LOOK_MS));
    this.#socket.connect();
  }

  close(): void {
    window.removeEventListener("online", this.#networkChanged);
    window.removeEventListener("offline", this.#networkChanged);
    for (const timer of this.#timers) clearInterval(timer);
    this.#watched.clear();
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
  }

  /**
   * Sends what a person does to an alert. Where the answer is lost, it is sent again as soon as there is a line: the same
   * `operationId` counts once, and the person learns what became of it.
   */
  async act(payload: ClientPayload<"alert:act">): Promise<Reply<Alert>> {
    const send = async () => await this.#ask("alert:act", payload, CLIENT_EVENTS["alert:act"].data);
    const first = await send();
    const isLost = !first.ok && first.error === NO_ANSWER;
    const reply = isLost && (await this.#isConnectedWithin(ANSWER_MS)) ? await send() : first;
    if (reply.ok) this.#store.alertAnswered(reply.data);
    return reply;
  }

  #isConnectedWithin(ms: number): Promise<boolean> {
    if (this.#socket.connected) return Promise.resolve(true);
    return new Promise((resolve) => {
      setTimeout(() => resolve(this.#socket.connected), ms);
      this.#socket.once("connect", () => resolve(true));
    });
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on("connect", () => {
      this.#store.lineChanged({ connected: true, everConnected: true, droppedAtMs: null });
      for (const id of this.#watched) void this.#watch(id, this.#store.watchOpened(id));
    });
    socket.on("disconnect", (reason) => {
      this.#store.lineChanged({ connected: false, droppedAtMs: Date.now() });
      if (reason === "io server disconnect") this.#refused();
    });
    socket.on("connect_error", () => {
      this.#store.lineChanged({ connected: false });
      if (!socket.active) this.#refused();
    });
    socket.on("clock:ticked", (raw) => {
      const tick = SERVER_EVENTS["clock:ticked"].safeParse(raw);
      if (tick.success) this.#store.clockTicked(tick.data.asOf, tick.data.redis, tick.data.unjudgedSince);
    });
    socket.on("stream:appended", (raw) => {
      const parsed = SERVER_EVENTS["stream:appended"].safeParse(raw);
      if (!parsed.success) return this.#unreadable();
      const { agreementId, entries } = parsed.data;
      this.#follow(agreementId, this.#store.entriesArrived(agreementId, entries));
    });
    socket.on("snapshot:replaced", (raw) => {
      const parsed = SERVER_EVENTS["snapshot:replaced"].safeParse(raw);
      if (!parsed.success) return this.#unreadable();
      this.#store.snapshotArrived(parsed.data.agreementId, parsed.data.snapshot);
    });
  }

  #follow(agreementId: string, question: Question | null): void {
    if (question !== null) void this.#watch(agreementId, question);
  }

  async #watch(agreementId: string, question: Question): Promise<void> {
    const reply = await this.#ask("agreement:watch", { agreementId, cursor: question.cursor }, CLIENT_EVENTS["agreement:watch"].data);
    if (reply.ok) return this.#follow(agreementId, this.#store.watchAnswered(agreementId, reply.data));
    this.#store.watchFailed(agreementId, reply.error);
    const isForGood = reply.error.code === "not-found" || reply.error.code === "not-allowed";
    if (isForGood || !this.#socket.connected) return;
    setTimeout(() => {
      if (this.#socket.connected && this.#watched.has(agreementId)) void this.#watch(agreementId, this.#store.watchOpened(agreementId));
    }, ASK_AGAIN_MS);
  }

  async #ask<N extends ClientEventName, T>(event: N, payload: ClientPayload<N>, data: z.ZodType<T>): Promise<Reply<T>> {
    if (!this.#socket.connected) return { ok: false, error: NO_LINE };
    let raw: unknown;
    try {
      raw = await this.#emit(event, payload);
    } catch {
      return { ok: false, error: NO_ANSWER };
    }
    const parsed = z.union([z.object({ ok: z.literal(true), data }), Failure]).safeParse(raw);
    return parsed.success ? parsed.data : { ok: false, error: BAD_ANSWER };
  }

  #emit(event: ClientEventName, payload: unknown): Promise<unknown> {
    // The typed emit cannot follow a generic event name; payload and answer are both checked against the same declaration.
    const untyped: Socket = this.#socket;
    return untyped.timeout(ANSWER_MS).emitWithAck(event, payload);
  }

  #unreadable(): void {
    for (const id of this.#watched) this.#store.watchFailed(id, BAD_ANSWER);
  }

  #refused(): void {
    this.#onRefused();
    setTimeout(() => {
      if (this.#watched.size > 0 && !this.#socket.connected) this.#socket.connect();
    }, RENEW_AFTER_MS / 4);
  }

  #look(): void {
    const silentMs = this.#store.look();
    const sinceRenewedMs = Date.now() - this.#renewedAtMs;
    if (silentMs < RENEW_AFTER_MS || sinceRenewedMs < RENEW_AFTER_MS || !this.#socket.connected) return;
    this.#renewedAtMs = Date.now();
    this.#socket.disconnect().connect();
  }

  readonly #networkChanged = (): void => {
    this.#store.lineChanged({ online: navigator.onLine });
  };
}
