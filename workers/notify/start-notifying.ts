import { toError } from "../../shared/protocol/errors.ts";
import { listAgreements } from "../../shared/store/agreements.ts";
import { CANARY } from "../../shared/store/canary.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { STREAM_HINT_CHANNEL } from "../../shared/store/keys.ts";
import { saveMailFrom } from "../../shared/store/telling.ts";
import type { NotifyParts } from "../parts.ts";
import { canaryRound } from "./canary.ts";
import { digestRound } from "./digest-round.ts";
import { Notifier } from "./notifier.ts";

const ROUND_MS = 1000;
/** A file comes with two hints, at its receipt and at its end: what is between them must not wait for the outbox. */
const GATHER_MS = 50;

export interface Notifying {
  ready(): Promise<void>;
  /** Lets what is being sent end. */
  stop(): Promise<void>;
}

/** Wakes the notifier soon when an agreement's stream grows, and each second for what no hint told of: retries, waits, lost hints. */
export function startNotifying(parts: NotifyParts): Notifying {
  const notifier = new Notifier(parts);
  const hints = connectRedis(parts.target, "subscriber");
  const tried = async (work: Promise<void>): Promise<void> =>
    await work.catch((thrown: unknown) => parts.logger.warn({ err: toError(thrown) }, "round failed, the next one tries again"));
  let waking: Promise<void> = Promise.resolve();
  const wake = (agreementId: string): void => {
    waking = waking.then(async () => await tried(notifier.wake(agreementId)));
  };
  const round = async (): Promise<void> => {
    await tried(canaryRound(parts));
    for (const id of [...(await listAgreements(parts.redis)), CANARY]) await tried(notifier.wake(id));
  };
  let looking: Promise<void> | null = null;
  // Apart, because a mail server may take its time and alerts may not.
  let summing: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= tried(round()).finally(() => (looking = null));
    summing ??= tried(digestRound(parts)).finally(() => (summing = null));
  }, ROUND_MS);
  const hinted = new Map<string, NodeJS.Timeout>();
  const wakeSoon = (agreementId: string): void => {
    const wakeNow = (): void => {
      hinted.delete(agreementId);
      wake(agreementId);
    };
    if (!hinted.has(agreementId)) hinted.set(agreementId, setTimeout(wakeNow, GATHER_MS));
  };
  hints.on("message", (_channel: string, agreementId: string) => wakeSoon(agreementId));
  return {
    async ready() {
      await saveMailFrom(parts.redis, parts.mail?.from ?? null);
      await hints.subscribe(STREAM_HINT_CHANNEL);
    },
    async stop() {
      clearInterval(timer);
      hints.disconnect();
      for (const waiting of hinted.values()) clearTimeout(waiting);
      await Promise.all([waking, looking, summing]);
      await notifier.idle();
    },
  };
}
