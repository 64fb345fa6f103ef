import type { Request } from "express";
import { AppError, type ErrorCode, toError } from "../../shared/protocol/errors.ts";
import { type HandedIn, noteRefusal, refusalWaitMs } from "../../shared/store/refusals.ts";
import { RateLimit } from "../access/rate-limit.ts";
import { Turns, Visit } from "../access/turns.ts";
import type { ServerParts } from "../parts.ts";
import { steadyBody } from "./steady-body.ts";

export interface Entry extends HandedIn {
  readonly request: Request;
}

/** Refusals that come after bytes were read for nothing. */
const COSTLY: ReadonlySet<ErrorCode> = new Set(["too-large", "too-slow", "broken-upload"]);

/** @param isLarge whether more than the free bytes were read: then what is wrong inside has cost something, too. */
function isCostly({ code }: AppError, isLarge: boolean): boolean {
  return COSTLY.has(code) || (isLarge && code === "bad-request");
}

function refusedTooOften(waitMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new AppError(
    "too-many",
    "Too many files of this sender were refused in the last minutes, for their size or for coming too slowly or not to their end.",
    `Look at the last refusals, wait ${seconds} s and send the file again with the same Idempotency-Key.`,
    { retryAfterSeconds: seconds },
  );
}

/** A sender that is gone, or has sent something behind its file that is no request, gets no receipt: nobody knows what was meant. */
function refuseIfCut({ socket }: Request): void {
  if (!socket.destroyed) return;
  const remedy = "Send the file again with the same Idempotency-Key, and exactly as many bytes as Content-Length says.";
  throw new AppError("broken-upload", "The line was cut, or more came than was announced.", remedy);
}

type Taking<T> = (body: AsyncIterable<Uint8Array>, admitted: Promise<void>) => Promise<T>;

/** What every body passes on its way in, so that one sender costs the others little, whatever it sends. */
export class UploadGate {
  readonly #parts: ServerParts;
  readonly #rate: RateLimit;
  readonly #turns: Turns;
  readonly #largeTurns: Turns;

  constructor(parts: ServerParts) {
    const { redis, limits } = parts;
    this.#parts = parts;
    this.#rate = new RateLimit(redis, { name: "uploads", points: limits.uploadsPerMinute, seconds: 60 });
    this.#turns = new Turns(limits.uploadTurns);
    this.#largeTurns = new Turns(limits.largeUploadTurns);
  }

  /**
   * Lets a body in and counts what was refused of it.
   *
   * @param read takes the body in; what it throws is thrown. It keeps nothing before it is admitted: the sender's rate is
   *   counted, which waits for the disk, while the body's first megabyte is read.
   * @throws AppError `too-many`, `too-slow`, `broken-upload`.
   */
  async pass<T>(entry: Entry, read: Taking<T>): Promise<T> {
    const visit = new Visit();
    const wasThere = !entry.request.socket.destroyed;
    await visit.take(this.#turns, entry.sender);
    try {
      // Not counted: who gave up in line has cost nothing.
      if (wasThere) refuseIfCut(entry.request);
      return await this.#take(entry, visit, read);
    } finally {
      visit.end();
    }
  }

  async #take<T>(entry: Entry, visit: Visit, read: Taking<T>): Promise<T> {
    let isLarge = false;
    try {
      await this.#refuseOften(entry);
      refuseIfCut(entry.request);
      const admitted = this.#rate.take(entry.sender);
      // Met by whoever takes the body in, or after.
      admitted.catch(() => undefined);
      const whenLarge = async (): Promise<void> => {
        isLarge = true;
        await admitted;
        await visit.take(this.#largeTurns, entry.sender);
      };
      // A request that is destroyed when the reader stops early forgets its socket, which must still be drained and cut.
      const pieces = entry.request.iterator({ destroyOnReturn: false });
      const taken = await read(steadyBody(pieces, this.#parts.limits.uploadSteadiness, whenLarge), admitted);
      await admitted;
      refuseIfCut(entry.request);
      return taken;
    } catch (thrown) {
      if (thrown instanceof AppError && isCostly(thrown, isLarge)) await this.#note(entry);
      throw thrown;
    }
  }

  /** Before the rate is counted: every write is flushed to disk, and all wait for that. */
  async #refuseOften(entry: Entry): Promise<void> {
    const { redis, clock } = this.#parts;
    const waitMs = await refusalWaitMs(redis, entry, clock());
    if (waitMs > 0) throw refusedTooOften(waitMs);
  }

  async #note({ sender, agreementId, request }: Entry): Promise<void> {
    const { redis, clock, logger } = this.#parts;
    const occasion = String(request.res?.getHeader("X-Request-Id"));
    // The sender is told why its file was refused, whether or not that can be counted.
    await noteRefusal(redis, { sender, agreementId }, { occasion, nowMs: clock() }).catch((thrown: unknown) =>
      logger.warn({ event: "refusal-not-counted", reason: toError(thrown).message }),
    );
  }
}
