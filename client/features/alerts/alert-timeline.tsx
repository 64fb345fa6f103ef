import type { Alert } from "../../../shared/alerts/alert.ts";
import { stampIn, viewerZone, zoneCity } from "../../ui/zone-time.ts";

const KINDS = { raised: "Raised", worsened: "Worse", eased: "Eased", acknowledged: "Acknowledged", resolved: "Resolved" } as const;

/** Every transition of the alert, newest first. */
export function AlertTimeline({
  alert,
  timeZone,
  nowMs,
}: {
  readonly alert: Alert;
  readonly timeZone: string;
  readonly nowMs: number;
}): React.JSX.Element {
  const viewer = viewerZone();
  const isElsewhere = stampIn(timeZone, nowMs, nowMs) !== stampIn(viewer, nowMs, nowMs);
  return (
    <section aria-labelledby="timeline">
      <h3 id="timeline">
        What happened <small className="quiet">{isElsewhere ? `${zoneCity(timeZone)} (yours)` : zoneCity(timeZone)}</small>
      </h3>
      <ol className="time">
        {alert.history.toReversed().map((step) => (
          <li key={step.seq} className={step.kind === "raised" || step.kind === "worsened" ? "key" : undefined}>
            <time dateTime={new Date(step.atMs).toISOString()}>
              {stampIn(timeZone, step.atMs, nowMs)}
              {isElsewhere && ` (${stampIn(viewer, step.atMs, nowMs)})`}
            </time>
            <b>{KINDS[step.kind]}</b>
            {step.by === "" || step.by === "accord" ? "" : ` by ${step.by}`}
            {step.note === "" ? "" : `: ${step.note}`}
          </li>
        ))}
      </ol>
    </section>
  );
}
