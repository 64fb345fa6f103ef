import { toError } from "../../shared/protocol/errors.ts";
import { listAgreements } from "../../shared/store/agreements.ts";
import { CANARY } from "../../shared/store/canary.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { STREAM_HINT_CHANNEL } from "../../shared/store/keys.ts";
import { saveMailFrom } from "../../shared/store/telling.ts";
import type { NotifyParts } from "../parts.ts";
import { canaryRound } from "./canary.ts";
import { Notifier } from "./notifier.ts";

const ROUND_MS = 1000;

export interface Notifying {
  ready(): Promise<void>;
  /** Lets what is being sent end. */
  stop(): Promise<void>;
}

/** Wakes the notifier at once when an agreement's stream grows, and each second for what no hint told of: retries, waits, lost hints. */
export function startNotifying(parts: NotifyParts): Notifying {
  const notifier = new Notifier(parts);
  const hints = connectRedis(parts.target, "subscriber");
  let waking: Promise<void> = Promise.resolve();
  const wake = (agreementIds: () => Promise<readonly string[]>): void => {
    waking = waking
      .then(async () => {
        for (const id of await agreementIds()) await notifier.wake(id);
      })
      .catch((thrown: unknown) => parts.logger.warn({ err: toError(thrown) }, "round failed, the next one tries again"));
  };
  let isRound = false;
  const timer = setInterval(() => {
    if (isRound) return;
    isRound = true;
    wake(async () => {
      isRound = false;
      await canaryRound(parts);
      return [...(await listAgreements(parts.redis)), CANARY];
    });
  }, ROUND_MS);
  hints.on("message", (_channel: string, agreementId: string) => wake(async () => await Promise.resolve([agreementId])));
  return {
    async ready() {
      await saveMailFrom(parts.redis, parts.mail?.from ?? null);
      await hints.subscribe(STREAM_HINT_CHANNEL);
    },
    async stop() {
      clearInterval(timer);
      hints.disconnect();
      await waking;
      await notifier.idle();
    },
  };
}
