import { io, type Socket } from "socket.io-client";
import { z } from "zod";
import { WireError } from "../../shared/protocol/errors.ts";
import { CLIENT_EVENTS, type ClientData, type ClientEventName, type ClientPayload } from "../../shared/protocol/socket-events.ts";

/** Untyped on purpose: tests also send what no client of ours would. */
export type TestSocket = Socket;

/** A socket as a page of the server would open it; `origin: null` sends none. */
export function openSocket(url: string, credentials: { cookie?: string; origin?: string | null } = {}): TestSocket {
  const origin = credentials.origin === undefined ? "http://localhost:4400" : credentials.origin;
  const extraHeaders: Record<string, string> = {};
  if (origin !== null) extraHeaders["origin"] = origin;
  if (credentials.cookie !== undefined) extraHeaders["cookie"] = credentials.cookie;
  return io(url, { transports: ["websocket"], forceNew: true, reconnection: false, extraHeaders });
}

/** @returns "connected", or why the server refused: an error code, or the words of the transport. */
export function outcomeOf(socket: TestSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once("connect", () => resolve("connected"));
    socket.once("connect_error", (error) => {
      const wire = "data" in error ? WireError.safeParse(error.data) : null;
      resolve(wire?.success === true ? wire.data.code : error.message);
    });
  });
}

export async function connectedSocket(url: string, cookie: string): Promise<TestSocket> {
  const socket = openSocket(url, { cookie });
  const outcome = await outcomeOf(socket);
  if (outcome !== "connected") throw new Error(`the socket did not connect: ${outcome}`);
  return socket;
}

const AnswerOnWire = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), data: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: WireError }),
]);

/** Sends one event, declared or not, and waits for its answer. */
export async function ask(socket: TestSocket, name: string, ...payload: unknown[]): Promise<z.infer<typeof AnswerOnWire>> {
  return AnswerOnWire.parse(await socket.timeout(5000).emitWithAck(name, ...payload));
}

/** The data of a served event; fails the test when the event was refused. */
export async function served<N extends ClientEventName>(socket: TestSocket, name: N, payload: ClientPayload<N>): Promise<ClientData<N>> {
  const answer = await ask(socket, name, payload);
  if (!answer.ok) throw new Error(`${name} was refused: ${answer.error.code}`);
  const data: unknown = answer.data;
  if (isData(name, data)) return data;
  throw new Error(`${name} answered what it does not declare`);
}

function isData<N extends ClientEventName>(name: N, data: unknown): data is ClientData<N> {
  return CLIENT_EVENTS[name].data.safeParse(data).success;
}
