import { planDeliveries } from "../../shared/alerts/recipients.ts";
import { readAlerts } from "../../shared/store/alert-states.ts";
import { readOutbox, takeFromOutbox } from "../../shared/store/outbox.ts";
import type { NotifyParts } from "../parts.ts";
import { readAudience } from "./audience.ts";

/** Plans what the outbox tells, oldest first. Idempotent: a notice becomes one delivery per channel, whoever takes it. */
export async function drainOutbox(parts: NotifyParts, agreementId: string): Promise<void> {
  for (;;) {
    const { texts, notices } = await readOutbox(parts.redis, agreementId);
    if (texts.length === 0) return;
    const ids = [...new Set(notices.map(({ alertId }) => alertId))];
    const [audience, found] = await Promise.all([readAudience(parts, agreementId), readAlerts(parts.redis, agreementId, ids)]);
    const alerts = new Map(found.map((alert) => [alert.id, alert]));
    const nowMs = parts.clock();
    const deliveries = notices.flatMap((notice) => {
      const alert = alerts.get(notice.alertId);
      return alert === undefined ? [] : planDeliveries(notice, alert, audience, nowMs);
    });
    await takeFromOutbox(parts.redis, agreementId, { texts, deliveries, nowMs });
  }
}
