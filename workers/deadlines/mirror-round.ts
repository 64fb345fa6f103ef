import { toError } from "../../shared/protocol/errors.ts";
import { listAgreements } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Mirror } from "../../shared/store/mirror.ts";
import { runScript } from "../../shared/store/script.ts";
import type { WorkerParts } from "../parts.ts";

/** Longer than any round; a worker that dies is followed by the other after it. */
const WRITER_MS = 15_000;
const TAKE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) return 'kept' end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 'taken' end
return 'another'
`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Keeps the mirrors of all agreements up to date. One worker writes an agreement's mirror; the others only ask. */
export function createMirrorRound(parts: WorkerParts): { catchUp(): Promise<void>; release(): Promise<void> } {
  const { redis, keyRing, stateDir, owner, logger } = parts;
  const mirrors = new Map<string, Mirror>();
  const alarmed = new Set<string>();

  async function mirrorOne(agreementId: string): Promise<void> {
    const taken = await runScript(redis, TAKE, [agreementKeys(agreementId).mirrorWriter], [owner, WRITER_MS]);
    const mirror = mirrors.get(agreementId) ?? new Mirror(stateDir, keyRing, agreementId);
    mirrors.set(agreementId, mirror);
    if (taken !== "kept") mirror.forget();
    if (taken === "another") return;
    const step = await mirror.catchUp(redis);
    if (step.kind === "done") alarmed.delete(agreementId);
    else if (!alarmed.has(agreementId)) {
      alarmed.add(agreementId);
      logger.error({ event: "ledger-mismatch", agreementId, index: step.index }, step.message);
    }
  }

  async function catchUpOne(agreementId: string): Promise<void> {
    try {
      await mirrorOne(agreementId);
    } catch (thrown) {
      mirrors.get(agreementId)?.forget();
      logger.error({ event: "mirror-failed", err: toError(thrown), agreementId }, "the ledger's mirror could not be written");
    }
  }

  return {
    async catchUp() {
      for (const agreementId of await listAgreements(redis)) await catchUpOne(agreementId);
    },
    async release() {
      for (const agreementId of mirrors.keys())
        await runScript(redis, RELEASE, [agreementKeys(agreementId).mirrorWriter], [owner]).catch(() => undefined);
    },
  };
}
