import type { Settlement } from "../../../shared/settlement/settlement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useRole } from "../../live/live-context.ts";
import { sideOf } from "../../live/side.ts";
import { Mark } from "../../ui/status/mark.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { leftWords, running, waiveWords, whoWords } from "./money-finding.ts";

interface WaiveBannerProps {
  readonly state: AgreementState;
  readonly settlement: Settlement;
  readonly nowMs: number;
}

/** Money of the reader's own side that lapses within three days, said before everything else. */
export function WaiveBanner({ state, settlement, nowMs }: WaiveBannerProps): React.JSX.Element {
  const side = sideOf(useRole(state.agreement.id));
  const { currency } = settlement;
  return (
    <>
      {running(settlement.deadlines, nowMs).map((deadline) => {
        if (deadline.party !== side.party) return null;
        const waives = waiveWords(deadline, whoWords(deadline.party, side), { nowMs, currency });
        if (waives === null) return null;
        return (
          <p key={`${deadline.kind} ${deadline.dueAtMs}`} className="waive">
            <Mark kind="risk" />
            <span>
              <b>{waives}.</b> {deadline.says} by {bothClocks(state.agreement.timeZone, deadline.dueAtMs, nowMs)},{" "}
              {leftWords(deadline.dueAtMs, nowMs)}.
            </span>
          </p>
        );
      })}
    </>
  );
}
