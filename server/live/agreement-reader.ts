import { type Redis } from "ioredis";
import type { Snapshot, StreamEntry } from "../../shared/protocol/live.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { readEntries } from "../../shared/store/stream.ts";
import { entrySeen, type Sight, snapshotSeen } from "../access/sight.ts";
import type { LiveServer, LiveSocket } from "./live-socket.ts";

const BATCH = 500;
const SIGHTS: readonly Sight[] = ["whole", "shared"];

/** How far a viewer has read, and how much it sees. */
export interface Place {
  readonly seq: number;
  readonly sight: Sight;
}

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
  readonly #viewers = new Map<LiveSocket, Sight>();
  readonly #waiting = new Map<LiveSocket, Place>();
  #position = 0;
  #running = false;
  #again = false;

  constructor(parts: ReaderParts, agreementId: string) {
    this.#parts = parts;
    this.#agreementId = agreementId;
  }

  get viewers(): ReadonlyMap<LiveSocket, Sight> {
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
  attach(socket: LiveSocket, place: Place): boolean {
    const { seq, sight } = place;
    if (this.idle) this.#position = seq;
    if (seq < this.#position) return false;
    if (seq === this.#position) this.#join(socket, sight);
    else this.#waiting.set(socket, place);
    return true;
  }

  detach(socket: LiveSocket): void {
    this.#waiting.delete(socket);
    const sight = this.#viewers.get(socket);
    if (this.#viewers.delete(socket) && sight !== undefined) void socket.leave(this.#room(sight));
  }

  /** Room names are the server's own; no client ever names one. */
  #room(sight: Sight): string {
    return `agreement:${sight}:${this.#agreementId}`;
  }

  /** Passes on what it is told, if that is what comes next and nothing is being read; otherwise it reads. */
  async hear(told: () => StreamEntry[]): Promise<void> {
    if (this.idle) return;
    const entries = this.#running ? [] : told();
    if (entries[0]?.seq === this.#position + 1) this.#pass(entries);
    else await this.read();
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
      if (snapshot !== null && this.#isStillAt(from)) this.#replace(snapshot);
      return false;
    }
    if (!this.#isStillAt(from)) return true;
    this.#pass(entries);
    return entries.length === BATCH;
  }

  /**
   * Whether what was read after `from` is still what comes next. A reader whose last viewer left meanwhile has been given up:
   * the room is its successor's by now, and what it passed on there would come with a hole or twice.
   */
  #isStillAt(from: number): boolean {
    return !this.idle && from === this.#position;
  }

  #pass(entries: StreamEntry[]): void {
    const last = entries.at(-1)?.seq;
    if (last === undefined) return;
    const agreementId = this.#agreementId;
    const asOf = this.#parts.clock();
    this.#position = last;
    const seen = (some: StreamEntry[], sight: Sight) => ({ agreementId, asOf, entries: some.map((entry) => entrySeen(entry, sight)) });
    const there = new Set(this.#viewers.values());
    for (const sight of SIGHTS.filter((one) => there.has(one)))
      this.#parts.io.to(this.#room(sight)).emit("stream:appended", seen(entries, sight));
    for (const [socket, { seq, sight }] of this.#waiting) {
      if (seq > last) continue;
      const rest = entries.filter((entry) => entry.seq > seq);
      if (rest.length > 0) socket.emit("stream:appended", seen(rest, sight));
      this.#join(socket, sight);
    }
  }

  #replace(snapshot: Snapshot): void {
    const seen = (sight: Sight) => ({ agreementId: this.#agreementId, snapshot: snapshotSeen(snapshot, sight) });
    this.#position = snapshot.seq;
    for (const sight of SIGHTS) this.#parts.io.to(this.#room(sight)).emit("snapshot:replaced", seen(sight));
    for (const [socket, { seq, sight }] of this.#waiting) {
      // Its own snapshot is newer than this one: told the older, it would hear what lies between twice.
      if (seq > snapshot.seq) continue;
      if (seq < snapshot.seq) socket.emit("snapshot:replaced", seen(sight));
      this.#join(socket, sight);
    }
  }

  #join(socket: LiveSocket, sight: Sight): void {
    this.#waiting.delete(socket);
    this.#viewers.set(socket, sight);
    void socket.join(this.#room(sight));
  }
}
