import type { Logger } from "pino";
import type { Redis } from "ioredis";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError, type WireError } from "../../shared/protocol/errors.ts";
import { CLIENT_EVENTS, type ClientData, type ClientEventName, type ClientPayload } from "../../shared/protocol/socket-events.ts";
import { withStore } from "../../shared/store/connect.ts";
import { type Caller, callerId } from "../access/caller.ts";
import { decide, enforce } from "../access/decide.ts";
import { tooMany } from "../access/growing-delay.ts";
import { identifySession } from "../access/identify.ts";
import { toAppError } from "../http/error-response.ts";
import { refusal } from "../http/input.ts";
import type { LiveSocket } from "./live-socket.ts";

const WINDOW_S = 10;
/** Beyond this many times the limit it is no browser of ours any more. */
const ABUSE_FACTOR = 5;

export interface EventContext<N extends ClientEventName> {
  readonly socket: LiveSocket;
  readonly payload: ClientPayload<N>;
  readonly caller: Caller;
}
export type EventHandlers = { readonly [N in ClientEventName]: (context: EventContext<N>) => Promise<ClientData<N>> };

interface EventParts {
  readonly redis: Redis;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly eventsPer10s: number;
}

type Reply = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: WireError };

function isEventName(text: unknown): text is ClientEventName {
  return typeof text === "string" && Object.hasOwn(CLIENT_EVENTS, text);
}

function isAnswer(value: unknown): value is (reply: Reply) => void {
  return typeof value === "function";
}

function isPayload<N extends ClientEventName>(name: N, value: unknown): value is ClientPayload<N> {
  return CLIENT_EVENTS[name].payload.safeParse(value).success;
}

function parsePayload<N extends ClientEventName>(name: N, value: unknown): ClientPayload<N> {
  const parsed = CLIENT_EVENTS[name].payload.safeParse(value);
  if (!parsed.success) throw refusal(parsed.error);
  const payload: unknown = parsed.data;
  if (!isPayload(name, payload)) throw new Error(`the schema of ${name} does not accept its own output`);
  return payload;
}

/** The one way in which declared client events are served: limit, parse, authorise, handle, answer, log once. */
export class ClientEvents {
  readonly #parts: EventParts;
  readonly #handlers: EventHandlers;
  readonly #limiter: RateLimiterMemory;

  constructor(parts: EventParts, handlers: EventHandlers) {
    this.#parts = parts;
    this.#handlers = handlers;
    this.#limiter = new RateLimiterMemory({ points: parts.eventsPer10s, duration: WINDOW_S });
  }

  /** Listens to every event, declared or not; one without an answer function cannot be served and is dropped. */
  serve(socket: LiveSocket): void {
    socket.onAny((name: unknown, ...args: unknown[]) => {
      const answer = args.at(-1);
      if (!isAnswer(answer)) return;
      void this.#reply(socket, name, args.slice(0, -1)).then(answer);
    });
  }

  async #reply(socket: LiveSocket, name: unknown, args: readonly unknown[]): Promise<Reply> {
    const log: { caller: string; code?: string } = { caller: "nobody" };
    const startedMs = performance.now();
    const reply = await withStore(() => this.#handle({ socket, name, args, log })).then(
      (data): Reply => ({ ok: true, data }),
      (thrown: unknown): Reply => this.#failure(toAppError(thrown), log),
    );
    const event = isEventName(name) ? name : "unknown";
    this.#parts.logger.debug({ event: "socket-event", name: event, ms: Math.round(performance.now() - startedMs), ...log });
    return reply;
  }

  async #handle(call: { socket: LiveSocket; name: unknown; args: readonly unknown[]; log: { caller: string } }): Promise<unknown> {
    const { socket, name, args, log } = call;
    await this.#limit(socket);
    if (!isEventName(name) || args.length !== 1)
      throw new AppError("bad-request", "There is no such event.", "Send a declared event with one payload.");
    return this.#run(socket, name, args[0], log);
  }

  async #run<N extends ClientEventName>(socket: LiveSocket, name: N, raw: unknown, log: { caller: string }): Promise<ClientData<N>> {
    const payload = parsePayload(name, raw);
    const caller = await identifySession(this.#parts, socket.data.sessionHash);
    log.caller = callerId(caller);
    enforce(decide(CLIENT_EVENTS[name].policy, caller, { agreementId: payload.agreementId, feedId: null }));
    return this.#handlers[name]({ socket, payload, caller });
  }

  async #limit(socket: LiveSocket): Promise<void> {
    const { consumedPoints, msBeforeNext } = await this.#limiter.penalty(socket.id, 1);
    if (consumedPoints > this.#parts.eventsPer10s * ABUSE_FACTOR) socket.disconnect(true);
    if (consumedPoints > this.#parts.eventsPer10s) throw tooMany(msBeforeNext);
  }

  #failure(error: AppError, log: { code?: string }): Reply {
    log.code = error.code;
    if (error.code === "internal") this.#parts.logger.error({ event: "socket-event-failed", err: error.cause });
    return { ok: false, error: { code: error.code, message: error.message, remedy: error.remedy } };
  }
}
