import type { Server, Socket } from "socket.io";
import type { ClientToServer, ServerToClient } from "../../shared/protocol/socket-events.ts";

export interface SocketData {
  sessionHash: string;
  /** The rights that the connection was made with, as text to compare. */
  rights: string;
}

type NoEvents = Record<never, never>;
export type LiveServer = Server<ClientToServer, ServerToClient, NoEvents, SocketData>;
export type LiveSocket = Socket<ClientToServer, ServerToClient, NoEvents, SocketData>;
