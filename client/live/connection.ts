/** Facts about the line to the server, by this browser's clock. */
export interface LineFacts {
  readonly startedAtMs: number;
  readonly online: boolean;
  readonly connected: boolean;
  readonly everConnected: boolean;
  readonly droppedAtMs: number | null;
  /** Last time the server said anything. */
  readonly lastWordAtMs: number | null;
  readonly store: "up" | "down";
  /** Since when nobody judges what comes in, by the server's clock. */
  readonly unjudgedSinceMs: number | null;
}

/**
 * How live the figures are. `connecting`: first attempt. `live`: the server speaks. `reconnecting`: the line dropped a moment ago.
 * `lost`: no word for so long that nothing on the screen may pass as live. `offline`: this device has no network.
 * `store-down`: the server answers but cannot reach its data. `unjudged`: files are taken in, and nobody judges them.
 */
export type ConnectionState = "connecting" | "live" | "reconnecting" | "lost" | "offline" | "store-down" | "unjudged";

/** A reload or a moved phone drops the line for a moment; saying so at once would only teach people to ignore it. */
const SHOW_AFTER_MS = 2000;
/** Three of the server's ticks. */
const SILENCE_MS = 6000;

export function newLine(nowMs: number, online: boolean): LineFacts {
  const unknown = { connected: false, everConnected: false, droppedAtMs: null, lastWordAtMs: null, unjudgedSinceMs: null } as const;
  return { startedAtMs: nowMs, online, store: "up", ...unknown };
}

export function connectionState(line: LineFacts, nowMs: number): ConnectionState {
  if (!line.online) return "offline";
  const silentMs = nowMs - (line.lastWordAtMs ?? line.startedAtMs);
  if (silentMs > SILENCE_MS) return "lost";
  if (line.connected && line.store === "down") return "store-down";
  if (line.connected) return line.unjudgedSinceMs === null ? "live" : "unjudged";
  if (!line.everConnected) return "connecting";
  return nowMs - (line.droppedAtMs ?? nowMs) < SHOW_AFTER_MS ? "live" : "reconnecting";
}

/** Whether figures may still be shown as live. */
export function isFresh(state: ConnectionState): boolean {
  return state === "live" || state === "connecting" || state === "reconnecting";
}
