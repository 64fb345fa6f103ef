import { randomUUID } from "node:crypto";
import type { Alert } from "../../shared/alerts/alert.ts";
import { onSignal, type SignalEvent } from "../../shared/alerts/transition.ts";
import { alertWrites } from "../../shared/store/alerts.ts";
import { commit } from "../../shared/store/commit.ts";
import type { TestServer } from "./server.ts";

/** Raises an alert about a silent feed, on the stream as well. */
export async function raiseTestAlert(
  server: Pick<TestServer, "redis">,
  agreementId: string,
  says: Pick<SignalEvent, "signal" | "audience"> = { signal: "critical" },
): Promise<Alert> {
  const subject = { kind: "feed", feed: `feed-${randomUUID()}` } as const;
  const alert = onSignal(null, { agreementId, subject, headline: "The feed is silent", nowMs: Date.now(), ...says });
  if (alert === null) throw new Error("such a signal raises an alert");
  const result = await commit(server.redis, {
    agreementId,
    operationId: randomUUID(),
    nowMs: Date.now(),
    ...alertWrites(alert),
    events: [{ kind: "alert:changed", alert }],
  });
  if (result.kind !== "done") throw new Error(`the alert was not raised: ${result.kind}`);
  return alert;
}
