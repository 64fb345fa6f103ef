import { toError } from "../../shared/protocol/errors.ts";
import { type KnownDelivery, readDueDeliveries } from "../../shared/store/alert-deliveries.ts";
import { hasNotices } from "../../shared/store/outbox.ts";
import type { NotifyParts } from "../parts.ts";
import { drainOutbox } from "./drain-outbox.ts";
import { sendDue } from "./send-due.ts";

/** Tells of alerts. Each channel goes by itself: one that does not answer keeps no other waiting. */
export class Notifier {
  private readonly parts: NotifyParts;
  private readonly running = new Map<string, Promise<void>>();

  constructor(parts: NotifyParts) {
    this.parts = parts;
  }

  /** Plans what waits in an agreement's outbox and begins to send what is due; returns before that has ended. */
  async wake(agreementId: string): Promise<void> {
    const { redis, clock } = this.parts;
    if (await hasNotices(redis, agreementId)) await drainOutbox(this.parts, agreementId);
    const due = await readDueDeliveries(redis, agreementId, clock());
    for (const [channel, some] of Map.groupBy(due, ({ delivery }) => delivery.channel)) this.begin(agreementId, channel, some);
  }

  /** Resolves when everything that was begun has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private begin(agreementId: string, channel: string, due: readonly KnownDelivery[]): void {
    const name = `${agreementId}:${channel}`;
    if (this.running.has(name)) return;
    const run = sendDue(this.parts, { agreementId, channel }, due)
      .catch((thrown: unknown) =>
        this.parts.logger.warn({ err: toError(thrown), agreementId }, "telling failed, the next round tries again"),
      )
      .finally(() => void this.running.delete(name));
    this.running.set(name, run);
  }
}
