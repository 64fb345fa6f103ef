import { isDeepStrictEqual } from "node:util";
import { type AgreementState, fromSnapshot } from "../../client/live/agreement-state.ts";
import { LiveStore, type Question } from "../../client/live/live-store.ts";
import { SocketClient } from "../../client/live/socket-client.ts";
import type { SeenEntry, Snapshot, StreamEntry } from "../../shared/protocol/live.ts";
import type { Watched } from "../../shared/protocol/socket-events.ts";
import { type Line, startLine } from "./line.ts";

/** The live part of a page without its screens: the browser's own code on a line of its own. */
export interface LiveBrowser {
  readonly line: Line;
  readonly socket: SocketClient;
  /** Every entry that took effect, in its order. */
  readonly log: readonly Heard[];
  /** When the server has turned it away, by the clock of the process. */
  readonly refusedAtMs: readonly number[];
  /** How often entries came with a hole between them, which it then asked for. */
  holes(): number;
  state(): AgreementState | undefined;
  close(): Promise<void>;
}

/** A store that counts what had to be asked for because entries came with a hole between them. */
class WatchfulStore extends LiveStore {
  holes = 0;

  override entriesArrived(agreementId: string, entries: readonly SeenEntry[]): Question | null {
    return this.#counted(super.entriesArrived(agreementId, entries));
  }

  override watchAnswered(agreementId: string, answer: Watched): Question | null {
    return this.#counted(super.watchAnswered(agreementId, answer));
  }

  #counted(question: Question | null): Question | null {
    if (question !== null) this.holes += 1;
    return question;
  }
}

export interface Heard {
  readonly seq: number;
  readonly text: string;
}

export interface LiveBrowserOptions {
  readonly agreementId: string;
  readonly cookie: string;
  readonly ports: readonly number[];
  readonly turn: number;
  /** How an entry is remembered: a digest is enough to compare. */
  readonly noted: (entry: StreamEntry) => string;
}

export async function openLiveBrowser({ agreementId, cookie, ports, turn, noted }: LiveBrowserOptions): Promise<LiveBrowser> {
  const line = await startLine(ports, turn);
  const store = new WatchfulStore(() => Date.now());
  const log: Heard[] = [];
  const refusedAtMs: number[] = [];
  store.onEntries((_, entries) => log.push(...entries.map((entry) => ({ seq: entry.seq, text: noted(entry) }))));
  const socket = new SocketClient(store, () => void refusedAtMs.push(performance.now()), {
    url: line.url,
    extraHeaders: { origin: line.url, cookie },
  });
  socket.open([agreementId]);
  return {
    line,
    socket,
    log,
    refusedAtMs,
    holes: () => store.holes,
    state: () => store.getView().agreements.get(agreementId),
    async close() {
      socket.close();
      await line.stop();
    },
  };
}

const PARTS = ["verdicts", "series", "alerts", "feeds", "receipts", "outlooks", "claims", "restatements"] as const;

/** What a browser shows otherwise than a fresh snapshot says; it may remember more than a snapshot carries. */
export function differencesFrom(snapshot: Snapshot, state: AgreementState | undefined): string[] {
  if (state === undefined) return ["nothing is known"];
  const fresh = fromSnapshot(snapshot);
  const wrong = PARTS.flatMap((part) => {
    const known: ReadonlyMap<unknown, unknown> = state[part];
    return [...fresh[part]].filter(([key, item]) => !isDeepStrictEqual(known.get(key), item)).map(([key]) => `${part} ${String(key)}`);
  });
  return state.seq === fresh.seq ? wrong : [`stands at ${state.seq}, not at ${fresh.seq}`, ...wrong];
}
