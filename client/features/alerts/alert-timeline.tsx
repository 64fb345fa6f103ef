import { useState } from "react";
import type { AlertTransition } from "../../../shared/alerts/alert.ts";
import { stampIn, viewerZone, zoneCity } from "../../ui/zone-time.ts";
import type { ListedAlert } from "./listed-alert.ts";
import { isLoud, toldOf } from "./timeline-words.ts";

/** What happened to the alert, newest first; what nobody was told of is folded away. */
export function AlertTimeline({ listed, nowMs }: { readonly listed: ListedAlert; readonly nowMs: number }): React.JSX.Element {
  const [isAll, setAll] = useState(false);
  const { history } = listed.alert;
  const { timeZone } = listed.agreement;
  const steps = isAll ? history : history.filter(isLoud);
  const folded = history.length - history.filter(isLoud).length;
  const isElsewhere = stampIn(timeZone, nowMs, nowMs) !== stampIn(viewerZone(), nowMs, nowMs);
  return (
    <section aria-labelledby="timeline">
      <div className="head">
        <h3 id="timeline">
          What happened <small className="quiet">{isElsewhere ? `${zoneCity(timeZone)} (yours)` : zoneCity(timeZone)}</small>
        </h3>
        {folded > 0 && (
          <button className="btn link small" type="button" aria-pressed={isAll} onClick={() => setAll(!isAll)}>
            {isAll ? "Show what was told" : `Show all ${history.length}`}
          </button>
        )}
      </div>
      <ol className="time">
        {steps.toReversed().map((step) => (
          <Step key={step.seq} step={step} timeZone={timeZone} nowMs={nowMs} isElsewhere={isElsewhere} />
        ))}
      </ol>
    </section>
  );
}

interface StepProps {
  readonly step: AlertTransition;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly isElsewhere: boolean;
}

function Step({ step, timeZone, nowMs, isElsewhere }: StepProps): React.JSX.Element {
  const { what, by, note, isKey } = toldOf(step);
  return (
    <li className={isKey ? "key" : step.quiet === true ? "hushed" : undefined}>
      <time dateTime={new Date(step.atMs).toISOString()}>
        {stampIn(timeZone, step.atMs, nowMs)}
        {isElsewhere && ` (${stampIn(viewerZone(), step.atMs, nowMs)})`}
      </time>
      <b>{what}</b>
      {by === null ? "" : ` by ${by}`}
      {note === "" ? "" : `: ${note}`}
    </li>
  );
}
