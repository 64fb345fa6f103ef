import { type Redis } from "ioredis";
import type { Snapshot, StreamEntry } from "../../shared/protocol/live.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { readEntries } from "../../shared/store/stream.ts";
import type { LiveServer, LiveSocket } from "./live-socket.ts";

const BATCH = 500;

export interface ReaderParts {
  readonly io: LiveServer;
  readonly redis: Redis;
  readonly clock: () => number;
}

/**
 * Reads one agreement's stream for all its viewers on this server and passes every entry on exactly once and in order.
 * A viewer that already has more than the reader waits until the reader has caught up with it.
 */
export class AgreementReader {
  readonly #parts: ReaderParts;
  readonly #agreementId: string;
  /** Room names are the server's own; no client ever names one. */
  readonly #room: string;
  readonly #viewers = new Set<LiveSocket>();
  readonly #waiting = new Map<LiveSocket, number>();
  #position = 0;
  #running = false;
  #again = false;

  constructor(parts: ReaderParts, agreementId: string) {
    this.#parts = parts;
    this.#agreementId = agreementId;
    this.#room = `agreement:${agreementId}`;
  }

  get viewers(): ReadonlySet<LiveSocket> {
    return this.#viewers;
  }

  get idle(): boolean {
    return this.#viewers.size === 0 && this.#waiting.size === 0;
  }

  /**
   * Adds a viewer that has everything up to `seq`. Synchronous, so that no entry falls between the answer and the room.
   *
   * @returns false when the reader is ahead: the viewer must first be given what lies between.
   */
  attach(socket: LiveSocket, seq: number): boolean {
    if (this.idle) this.#position = seq;
    if (seq < this.#position) return false;
    if (seq === this.#position) this.#join(socket);
    else this.#waiting.set(socket, seq);
    return true;
  }

  detach(socket: LiveSocket): void {
    this.#waiting.delete(socket);
    if (this.#viewers.delete(socket)) void socket.leave(this.#room);
  }

  /** Reads what is new. Calls that come while it reads make it read once more. */
  async read(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    try {
      do {
        this.#again = false;
        if (await this.#step()) this.#again = true;
      } while (this.#again && !this.idle);
    } finally {
      this.#running = false;
    }
  }

  /** @returns whether there may be more. */
  async #step(): Promise<boolean> {
    if (this.idle) return false;
    const { redis, clock } = this.#parts;
    const from = this.#position;
    const { entries, gap } = await readEntries(redis, this.#agreementId, from, BATCH);
    if (gap) {
      const snapshot = await readSnapshot(redis, this.#agreementId, clock());
      if (snapshot !== null && from === this.#position) this.#replace(snapshot);
      return false;
    }
    if (from !== this.#position) return true;
    this.#pass(entries);
    return entries.length === BATCH;
  }

  #pass(entries: StreamEntry[]): void {
    const last = entries.at(-1)?.seq;
    if (last === undefined) return;
    const agreementId = this.#agreementId;
    const asOf = this.#parts.clock();
    this.#position = last;
    this.#parts.io.to(this.#room).emit("stream:appended", { agreementId, asOf, entries });
    for (const [socket, seq] of this.#waiting) {
      if (seq > last) continue;
      const rest = entries.filter((entry) => entry.seq > seq);
      if (rest.length > 0) socket.emit("stream:appended", { agreementId, asOf, entries: rest });
      this.#join(socket);
    }
  }

  #replace(snapshot: Snapshot): void {
    const replacement = { agreementId: this.#agreementId, snapshot };
    this.#position = snapshot.seq;
    this.#parts.io.to(this.#room).emit("snapshot:replaced", replacement);
    for (const [socket, seq] of this.#waiting) {
      if (seq !== snapshot.seq) socket.emit("snapshot:replaced", replacement);
      this.#join(socket);
    }
  }

  #join(socket: LiveSocket): void {
    this.#waiting.delete(socket);
    this.#viewers.add(socket);
    void socket.join(this.#room);
  }
}
