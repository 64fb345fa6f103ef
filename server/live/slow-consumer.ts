import type { Logger } from "pino";
import type { LiveSocket } from "./live-socket.ts";

function property(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}

function lengthOf(packet: unknown): number {
  const data = property(packet, "data");
  return typeof data === "string" || data instanceof Uint8Array ? data.length : 0;
}

/** Bytes that wait for this browser: packets of Socket.IO and what the websocket holds. Neither has a public reading. */
function waitingBytes(socket: LiveSocket): number {
  const packets = property(socket.conn, "writeBuffer");
  const queued = Array.isArray(packets) ? packets.reduce((sum: number, packet: unknown) => sum + lengthOf(packet), 0) : 0;
  const held = property(property(socket.conn.transport, "socket"), "bufferedAmount");
  return queued + (typeof held === "number" ? held : 0);
}

/** Cuts a browser that does not read, so that it cannot fill the server's memory. It comes back with its cursor. */
export function dropIfSlow(socket: LiveSocket, options: { readonly logger: Logger; readonly bufferBytes: number }): void {
  const bytes = waitingBytes(socket);
  if (bytes <= options.bufferBytes) return;
  options.logger.info({ event: "slow-socket-dropped", bytes });
  const websocket = property(socket.conn.transport, "socket");
  const terminate = property(websocket, "terminate");
  // A closing handshake would wait behind the very bytes that are not being read.
  if (typeof terminate === "function") Reflect.apply(terminate, websocket, []);
  else socket.disconnect(true);
}
