import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { toError } from "../../shared/protocol/errors.ts";
import { STREAM_TOLD_CHANNEL } from "../../shared/store/keys.ts";
import { toldEntries, toldOf } from "../../shared/store/stream.ts";
import { AgreementReader, type Place, type ReaderParts } from "./agreement-reader.ts";
import type { LiveSocket } from "./live-socket.ts";

const POLL_MS = 1000;

/** One reader for every agreement that somebody on this server watches. Hints wake them; polling makes up for lost hints. */
export class Readers {
  readonly #parts: ReaderParts & { readonly subscriber: Redis; readonly logger: Logger };
  readonly #readers = new Map<string, AgreementReader>();
  readonly #timer: NodeJS.Timeout;
  #failing = false;

  constructor(parts: ReaderParts & { readonly subscriber: Redis; readonly logger: Logger }) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#pollAll(), POLL_MS);
    parts.subscriber.on("message", this.#onHint);
    parts.subscriber.subscribe(STREAM_TOLD_CHANNEL).catch((error: unknown) => this.#noteFailure(error));
  }

  /** As `AgreementReader.attach`; the reader starts with its first viewer. */
  attach(agreementId: string, socket: LiveSocket, place: Place): boolean {
    const reader = this.#readers.get(agreementId) ?? new AgreementReader(this.#parts, agreementId);
    this.#readers.set(agreementId, reader);
    const attached = reader.attach(socket, place);
    if (attached) this.#watch(reader.read());
    return attached;
  }

  detach(agreementId: string, socket: LiveSocket): void {
    const reader = this.#readers.get(agreementId);
    reader?.detach(socket);
    if (reader?.idle === true) this.#readers.delete(agreementId);
  }

  detachAll(socket: LiveSocket): void {
    for (const agreementId of this.#readers.keys()) this.detach(agreementId, socket);
  }

  watchedBy(socket: LiveSocket): number {
    return [...this.#readers.values()].filter((reader) => reader.viewers.has(socket)).length;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#parts.subscriber.off("message", this.#onHint);
    this.#readers.clear();
  }

  readonly #onHint = (_channel: string, message: string): void => {
    const reader = this.#readers.get(toldOf(message));
    if (reader !== undefined) this.#watch(reader.hear(() => toldEntries(message)));
  };

  #pollAll(): void {
    for (const reader of this.#readers.values()) this.#watch(reader.read());
  }

  #watch(reading: Promise<void>): void {
    reading.then(
      () => {
        this.#failing = false;
      },
      (error: unknown) => this.#noteFailure(error),
    );
  }

  /** Once per outage: the next poll tries again anyway. */
  #noteFailure(error: unknown): void {
    if (!this.#failing) this.#parts.logger.warn({ event: "stream-read-failed", reason: toError(error).message });
    this.#failing = true;
  }
}
