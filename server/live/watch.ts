import type { Redis } from "ioredis";
import { AppError } from "../../shared/protocol/errors.ts";
import type { Snapshot, StreamEntry } from "../../shared/protocol/live.ts";
import type { Watched } from "../../shared/protocol/socket-events.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { readEntries } from "../../shared/store/stream.ts";
import { notFound } from "../access/decide.ts";
import { entrySeen, type Sight, snapshotSeen } from "../access/sight.ts";
import type { LiveSocket } from "./live-socket.ts";
import type { Readers } from "./readers.ts";

const REPLAY_MOST = 1000;
const CATCH_UPS = 20;

interface WatchParts {
  readonly redis: Redis;
  readonly clock: () => number;
  readonly readers: Readers;
}

/** An answer before anything is hidden in it. */
type Found =
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  | { readonly kind: "replay"; readonly entries: readonly StreamEntry[] };

async function snapshotOf({ redis, clock }: WatchParts, agreementId: string): Promise<Found> {
  const snapshot = await readSnapshot(redis, agreementId, clock());
  if (snapshot === null) throw notFound();
  return { kind: "snapshot", snapshot };
}

/** What follows the cursor, or a snapshot where the stream does not reach back, the cursor is not of this stream, or it is long. */
async function after(parts: WatchParts, agreementId: string, cursor: number): Promise<Found> {
  const { entries, gap } = await readEntries(parts.redis, agreementId, cursor, REPLAY_MOST);
  return gap || entries.length === REPLAY_MOST ? snapshotOf(parts, agreementId) : { kind: "replay", entries };
}

async function extend(parts: WatchParts, agreementId: string, watched: Found, seq: number): Promise<Found> {
  if (watched.kind === "snapshot") return snapshotOf(parts, agreementId);
  const more = await after(parts, agreementId, seq);
  return more.kind === "replay" ? { kind: "replay", entries: [...watched.entries, ...more.entries] } : more;
}

function seen(found: Found, sight: Sight): Watched {
  if (found.kind === "snapshot") return { kind: "snapshot", snapshot: snapshotSeen(found.snapshot, sight) };
  return { kind: "replay", entries: found.entries.map((entry) => entrySeen(entry, sight)) };
}

function seqOf(watched: Found, cursor: number): number {
  return watched.kind === "snapshot" ? watched.snapshot.seq : (watched.entries.at(-1)?.seq ?? cursor);
}

/** Answers with what the viewer lacks and joins it to the live entries without a gap or a repeat between the two. */
export async function watchAgreement(
  parts: WatchParts,
  socket: LiveSocket,
  { agreementId, cursor, sight }: { readonly agreementId: string; readonly cursor: number | null; readonly sight: Sight },
): Promise<Watched> {
  parts.readers.detach(agreementId, socket);
  const from = cursor ?? 0;
  let watched = cursor === null ? await snapshotOf(parts, agreementId) : await after(parts, agreementId, cursor);
  for (let attempt = 0; attempt < CATCH_UPS; attempt += 1) {
    const seq = seqOf(watched, from);
    if (!socket.connected || parts.readers.attach(agreementId, socket, { seq, sight })) return seen(watched, sight);
    watched = await extend(parts, agreementId, watched, seq);
  }
  throw new AppError("unavailable", "The agreement changes faster than it can be read.", "Watch it again in a second.", {
    retryAfterSeconds: 1,
  });
}
