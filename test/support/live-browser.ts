import { isDeepStrictEqual } from "node:util";
import { type AgreementState, fromSnapshot } from "../../client/live/agreement-state.ts";
import { LiveStore } from "../../client/live/live-store.ts";
import { SocketClient } from "../../client/live/socket-client.ts";
import type { Snapshot, StreamEntry } from "../../shared/protocol/live.ts";
import { type Line, startLine } from "./line.ts";

/** The live part of a page without its screens: the browser's own code on a line of its own. */
export interface LiveBrowser {
  readonly line: Line;
  readonly socket: SocketClient;
  /** Every entry that took effect, in its order. */
  readonly log: readonly Heard[];
  /** When the server has turned it away, by the clock of the process. */
  readonly refusedAtMs: readonly number[];
  state(): AgreementState | undefined;
  close(): Promise<void>;
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
  const store = new LiveStore(() => Date.now());
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
