import { Link } from "react-router";
import type { Alert } from "../../../shared/alerts/alert.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { paths } from "../../live/paths.ts";
import { bothClocks, spanWords } from "../../ui/zone-time.ts";
import { driftAlertOf } from "./drift-alert.ts";

interface DutyProps {
  readonly state: AgreementState;
  readonly targetId: string;
  readonly nowMs: number;
}

/** Who sees to it, and when the next update is due; live, as the alert is. */
export function DriftDuty({ state, targetId, nowMs }: DutyProps): React.JSX.Element | null {
  const alert = driftAlertOf(state, targetId);
  if (alert === null) return null;
  const clocks = (ms: number) => bothClocks(state.agreement.timeZone, ms, nowMs);
  return (
    <section aria-labelledby="duty" className="drift-duty">
      <h2 id="duty">Duty</h2>
      <p>{standingWords(alert)}</p>
      <Due alert={alert} nowMs={nowMs} clocks={clocks} />
      <p className="small quiet">Alert raised {clocks(alert.raisedAtMs)}.</p>
      <p className="small">
        <Link to={paths.alert(state.agreement.id, alert.id)}>{alert.status === "open" ? "Answer the alert" : "See the alert"}</Link>
      </p>
    </section>
  );
}

function standingWords({ status, owner, acknowledgement, snooze, resolution }: Alert): string {
  switch (status) {
    case "open":
      return owner === null ? "Nobody has it yet." : `${owner.name} was asked to see to it.`;
    case "acknowledged":
      return `${owner?.name ?? acknowledgement?.by ?? "Somebody"} has it${acknowledgement === null ? "" : `: ${acknowledgement.note}`}`;
    case "snoozed":
      return `Snoozed by ${snooze?.by ?? "somebody"}: ${snooze?.reason ?? ""}`;
    case "resolved":
      return `Over: ${resolution?.reason ?? ""}`;
  }
}

interface DueProps {
  readonly alert: Alert;
  readonly nowMs: number;
  readonly clocks: (ms: number) => string;
}

function Due({ alert: { status, acknowledgement, escalateAtMs }, nowMs, clocks }: DueProps): React.JSX.Element | null {
  const dueMs = status === "acknowledged" ? (acknowledgement?.dueMs ?? null) : null;
  if (dueMs !== null)
    return <p className="small">{dueMs < nowMs ? `Update ${spanWords(nowMs - dueMs)} overdue.` : `Next update due ${clocks(dueMs)}.`}</p>;
  if (status !== "open" || escalateAtMs === null) return null;
  return <p className="small">Goes to the next level {clocks(escalateAtMs)}.</p>;
}
