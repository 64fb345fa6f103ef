import type { Alert } from "../../../shared/alerts/alert.ts";
import type { AgreementState } from "../../live/agreement-state.ts";

/** The latest episode of a target's drift that this reader may see, over or not; `null` without any. */
export function driftAlertOf({ alerts }: Pick<AgreementState, "alerts">, targetId: string): Alert | null {
  const own = [...alerts.values()].filter(({ subject }) => subject.kind === "drift" && subject.targetId === targetId);
  return own.toSorted((a, b) => b.raisedAtMs - a.raisedAtMs)[0] ?? null;
}

/** How severe the agreement finds it now; `null` where no alert of it stands. */
export function driftSeverity(state: Pick<AgreementState, "alerts">, targetId: string): Alert["severity"] | null {
  const alert = driftAlertOf(state, targetId);
  return alert === null || alert.status === "resolved" ? null : alert.severity;
}
