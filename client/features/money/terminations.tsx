import type { Settlement, TerminationProgress } from "../../../shared/settlement/settlement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { Chip } from "../../ui/status/status.tsx";
import { bothClocks, dayWords } from "../../ui/zone-time.ts";
import { leftWords } from "./money-finding.ts";

interface TerminationsProps {
  readonly state: AgreementState;
  readonly settlement: Settlement;
  readonly nowMs: number;
}

/** How near each right to terminate is; nothing where the agreement grants none. */
export function Terminations({ state, settlement, nowMs }: TerminationsProps): React.JSX.Element | null {
  if (settlement.terminations.length === 0) return null;
  return (
    <section aria-labelledby="terminations">
      <h2 id="terminations">Rights to terminate</h2>
      <ul className="terminations">
        {settlement.terminations.map((each) => (
          <Progress key={`${each.id} ${each.targetId ?? ""}`} progress={each} zone={state.agreement.timeZone} nowMs={nowMs} />
        ))}
      </ul>
    </section>
  );
}

interface ProgressProps {
  readonly progress: TerminationProgress;
  readonly zone: string;
  readonly nowMs: number;
}

function Progress({ progress, zone, nowMs }: ProgressProps): React.JSX.Element {
  const { says, count, needed, periods, triggered, noticeUntilMs } = progress;
  const progressed = `${count} of ${needed}`;
  return (
    <li>
      <p>
        {!says.includes(progressed) && <b>{progressed}</b>} {says}
        {triggered && (
          <>
            {" "}
            <Chip kind="missed">Reached</Chip>
          </>
        )}
      </p>
      <p className="small quiet">
        {periods.length === 0 ? "Not once yet" : `In the periods from ${periods.map(dayWords).join(", ")}`}
        {noticeUntilMs === null ? "" : `; notice until ${bothClocks(zone, noticeUntilMs, nowMs)}, ${leftWords(noticeUntilMs, nowMs)}`}
      </p>
    </li>
  );
}
