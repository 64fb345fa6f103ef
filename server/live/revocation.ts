import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { toError } from "../../shared/protocol/errors.ts";
import { rightsRevision } from "../../shared/store/people.ts";
import type { Caller } from "../access/caller.ts";
import { identifySession } from "../access/identify.ts";
import type { LiveServer, LiveSocket } from "./live-socket.ts";

const POLL_MS = 1000;
/** Sessions also end by time, which changes no revision. */
const FULL_CHECK_EVERY = 30;
const AT_ONCE = 200;

/** The rights of a person as text, so that two moments can be compared. */
export function rightsOf(caller: Caller): string {
  if (caller.kind !== "person") return "";
  const memberships = caller.person.memberships.map(({ agreementId, role }) => `${agreementId}:${role}`);
  return JSON.stringify([caller.person.id, caller.person.administrator, memberships.toSorted()]);
}

/** Cuts connections whose session has ended or whose person has other rights now, on every server within two seconds. */
export class Revocation {
  readonly #parts: { readonly io: LiveServer; readonly redis: Redis; readonly clock: () => number; readonly logger: Logger };
  readonly #timer: NodeJS.Timeout;
  #revision = "";
  #ticks = 0;
  #busy = false;

  constructor(parts: { readonly io: LiveServer; readonly redis: Redis; readonly clock: () => number; readonly logger: Logger }) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.#poll(), POLL_MS);
  }

  /** Also to be called for a new connection, whose rights may have changed while it was made. */
  async check(socket: LiveSocket): Promise<void> {
    await this.#checkSession(socket.data.sessionHash, [socket]);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Many at once: a thousand connections asked for one after another would take longer than the two seconds. */
  async #checkAll(): Promise<void> {
    const bySession = [...Map.groupBy(this.#parts.io.sockets.sockets.values(), ({ data }) => data.sessionHash)];
    for (let from = 0; from < bySession.length; from += AT_ONCE) {
      const some = bySession.slice(from, from + AT_ONCE);
      await Promise.all(some.map(([sessionHash, sockets]) => this.#checkSession(sessionHash, sockets)));
    }
  }

  async #checkSession(sessionHash: string, sockets: readonly LiveSocket[]): Promise<void> {
    const rights = rightsOf(await identifySession(this.#parts, sessionHash));
    for (const socket of sockets.filter(({ data }) => data.rights !== rights)) {
      this.#parts.logger.info({ event: "socket-revoked" });
      socket.disconnect(true);
    }
  }

  async #poll(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const revision = await rightsRevision(this.#parts.redis);
      this.#ticks += 1;
      if (revision === this.#revision && this.#ticks % FULL_CHECK_EVERY !== 0) return;
      await this.#checkAll();
      this.#revision = revision;
    } catch (error) {
      this.#parts.logger.debug({ event: "revocation-check-failed", reason: toError(error).message });
    } finally {
      this.#busy = false;
    }
  }
}
