import type { Redis } from "ioredis";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { lapseClaims, readClaims } from "../../shared/store/claims.ts";

interface Known {
  /** How often claims had changed when they were read. */
  readonly mark: string;
  /** When the next undecided claim lapses. */
  readonly dueMs: number;
}

const known = new WeakMap<Redis, Map<string, Known>>();

/** Ends claims whose time to decide has run out. Claims are read only when they have changed, or when one is due. */
export async function lapseDueClaims(redis: Redis, stored: StoredAgreement, mark: string | null, nowMs: number): Promise<void> {
  if (mark === null) return;
  const { id } = stored.agreement;
  const mine = known.get(redis) ?? new Map<string, Known>();
  known.set(redis, mine);
  let before = mine.get(id);
  if (before?.mark !== mark) {
    const open = (await readClaims(redis, id)).filter(({ state }) => state === "claimed");
    before = { mark, dueMs: Math.min(...open.map(({ decideByMs }) => decideByMs)) };
    mine.set(id, before);
  }
  if (nowMs >= before.dueMs) await lapseClaims(redis, stored, nowMs);
}
