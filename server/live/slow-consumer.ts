import type { Logger } from "pino";
import type { LiveSocket } from "./live-socket.ts";

/** A phone on a poor line takes a large snapshot in half a minute, but it takes something every second. */
const STUCK_MS = 10_000;
/** However steadily it reads, no browser may make the server keep this many times the limit. */
const MOST_LIMITS = 8;

/** What was seen of a browser for which more waits than the limit. */
export interface Backlog {
  /** Bytes that the network has taken for it so far. */
  readonly takenBytes: number;
  /** Since when it has taken no more, by a clock of the process, in milliseconds. */
  readonly sinceMs: number;
}

export interface Look {
  readonly waitingBytes: number;
  readonly takenBytes: number;
  readonly nowMs: number;
}

/** Judges a browser by what was seen before and now. @returns "slow": it is to be cut; null: there is nothing to remember. */
export function judgeBacklog(
  before: Backlog | undefined,
  { waitingBytes, takenBytes, nowMs }: Look,
  limit: number,
): Backlog | "slow" | null {
  if (waitingBytes <= limit) return null;
  if (waitingBytes > limit * MOST_LIMITS) return "slow";
  if (before === undefined || takenBytes > before.takenBytes) return { takenBytes, sinceMs: nowMs };
  return nowMs - before.sinceMs >= STUCK_MS ? "slow" : before;
}

const backlogs = new WeakMap<LiveSocket, Backlog>();

function property(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}

function figure(holder: unknown, name: string): number {
  const value = property(holder, name);
  return typeof value === "number" ? value : 0;
}

function lengthOf(packet: unknown): number {
  const data = property(packet, "data");
  return typeof data === "string" || data instanceof Uint8Array ? data.length : 0;
}

/** Bytes that wait for this browser and bytes that have left: of Socket.IO, the websocket and the handle. None has a public reading. */
function look(socket: LiveSocket): Look {
  const packets = property(socket.conn, "writeBuffer");
  const queued = Array.isArray(packets) ? packets.reduce((sum: number, packet: unknown) => sum + lengthOf(packet), 0) : 0;
  const websocket = property(socket.conn.transport, "socket");
  const handle = property(property(websocket, "_socket"), "_handle");
  return {
    waitingBytes: queued + figure(websocket, "bufferedAmount"),
    takenBytes: figure(handle, "bytesWritten") - figure(handle, "writeQueueSize"),
    nowMs: performance.now(),
  };
}

/** Cuts a browser that does not read, so that it cannot fill the server's memory. It comes back with its cursor. */
export function dropIfSlow(socket: LiveSocket, options: { readonly logger: Logger; readonly bufferBytes: number }): void {
  const seen = look(socket);
  const backlog = judgeBacklog(backlogs.get(socket), seen, options.bufferBytes);
  if (backlog === null) backlogs.delete(socket);
  else if (backlog !== "slow") backlogs.set(socket, backlog);
  if (backlog !== "slow") return;
  options.logger.info({ event: "slow-socket-dropped", bytes: seen.waitingBytes });
  const websocket = property(socket.conn.transport, "socket");
  const terminate = property(websocket, "terminate");
  // A closing handshake would wait behind the very bytes that are not being read.
  if (typeof terminate === "function") Reflect.apply(terminate, websocket, []);
  else socket.disconnect(true);
}
