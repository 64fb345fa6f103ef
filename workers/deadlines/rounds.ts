import { toError } from "../../shared/protocol/errors.ts";
import { listAgreements } from "../../shared/store/agreements.ts";
import { keepCheckpoint } from "../../shared/store/checkpoints.ts";
import { noteVacancies } from "../../shared/store/vacancies.ts";
import { openReceipts } from "../../shared/store/receipts.ts";
import { beat } from "../../shared/store/uptime.ts";
import { askQuestions } from "../drift/ask-questions.ts";
import { measureCoaching } from "../drift/measure-coaching.ts";
import { watchDrift } from "../drift/watch-drift.ts";
import { needsAttention } from "../evaluate/attend.ts";
import { drive } from "../ingest/drive.ts";
import type { WorkerParts } from "../parts.ts";
import { coolAgreement } from "./cool.ts";
import { watchDeadlines } from "./deadline-round.ts";
import { createMirrorRound } from "./mirror-round.ts";
import { retainRawFiles } from "./retention-round.ts";
import { questionFeeds } from "./suspicion-round.ts";
import { tick } from "./tick.ts";

const TICK_MS = 1000;
const SWEEP_MS = 5000;
const TIDY_MS = 60_000;
const MIRROR_MS = 1000;
const WARN_MS = 60_000;
const RETAIN_MS = 3_600_000;
const CHECKPOINT_MS = 60_000;

export interface Rounds {
  /** Ends after the round that is under way. */
  stop(): Promise<void>;
}

async function eachAgreement(parts: WorkerParts, visit: (agreementId: string) => Promise<void>): Promise<void> {
  for (const agreementId of await listAgreements(parts.redis)) {
    await visit(agreementId).catch((thrown: unknown) =>
      parts.logger.warn({ err: toError(thrown), agreementId }, "round failed, the next one tries again"),
    );
  }
}

/** Drives what waits although nobody holds its agreement, receipts and signed versions: a hint was lost or a worker died. */
export async function sweep(parts: WorkerParts): Promise<void> {
  await eachAgreement(parts, async (agreementId) => {
    const waits = (await openReceipts(parts.redis, agreementId)).length > 0 || (await needsAttention(parts, agreementId));
    if (waits) await drive(parts, agreementId);
  });
}

/** A round that comes while the one before is under way is left out: after an outage there is one to do, not hundreds. */
function every(ms: number, parts: WorkerParts, round: () => Promise<void>): Rounds {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= round()
      .catch((thrown: unknown) => parts.logger.warn({ err: toError(thrown) }, "round failed, the next one tries again"))
      .finally(() => (running = null));
  }, ms);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** The clock of every worker. It does not hang on the queue, so that a queue which lost its jobs heals by itself. */
export function startRounds(parts: WorkerParts): Rounds {
  const ticking = every(TICK_MS, parts, async () => {
    // First, so that after an outage of ours no feed is judged before the outage is known.
    await beat(parts.redis, "workers", parts.clock());
    await eachAgreement(parts, async (id) => await tick(parts, id));
  });
  const sweeping = every(SWEEP_MS, parts, async () => await sweep(parts));
  const tidying = every(TIDY_MS, parts, async () => await parts.rawFiles.sweepParts(parts.clock()));
  const signing = every(CHECKPOINT_MS, parts, async () => {
    await eachAgreement(parts, async (id) => await keepCheckpoint(parts.redis, parts.keyRing, id, parts.clock()));
  });
  const warning = every(WARN_MS, parts, async () => {
    await noteVacancies(parts.redis);
    await eachAgreement(parts, async (id) => await watchDeadlines(parts, id));
  });
  // One after the other, so that what one of them stumbles over in an agreement does not keep the other from it.
  const watching = every(WARN_MS, parts, async () => {
    await eachAgreement(parts, async (id) => await watchDrift(parts, id));
    await eachAgreement(parts, async (id) => await measureCoaching(parts, id));
  });
  const retaining = every(RETAIN_MS, parts, async () => await eachAgreement(parts, async (id) => await retainRawFiles(parts, id)));
  const questioning = every(RETAIN_MS, parts, async () => {
    await eachAgreement(parts, async (id) => await questionFeeds(parts, id));
    await eachAgreement(parts, async (id) => await askQuestions(parts, id));
  });
  const cooling = every(RETAIN_MS, parts, async () => await eachAgreement(parts, async (id) => void (await coolAgreement(parts, id))));
  const mirrors = createMirrorRound(parts);
  const mirroring = every(MIRROR_MS, parts, async () => await mirrors.catchUp());
  return {
    async stop() {
      await Promise.all([
        ticking.stop(),
        sweeping.stop(),
        tidying.stop(),
        warning.stop(),
        watching.stop(),
        retaining.stop(),
        questioning.stop(),
        cooling.stop(),
        signing.stop(),
        mirroring.stop(),
      ]);
      // What the last receipts have left in the ledger.
      await mirrors.catchUp().catch((thrown: unknown) => parts.logger.warn({ err: toError(thrown) }, "mirror not up to date at the end"));
      await mirrors.release();
    },
  };
}
