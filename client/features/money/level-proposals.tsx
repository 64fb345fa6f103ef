import type { Settlement } from "../../../shared/settlement/settlement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";

interface LevelProposalsProps {
  readonly state: AgreementState;
  readonly settlement: Settlement;
}

/** Rises of a level that the improvement clause calls for; they hold only once both sides have signed a version. */
export function LevelProposals({ state, settlement }: LevelProposalsProps): React.JSX.Element | null {
  if (settlement.proposals.length === 0) return null;
  const names = new Map(state.agreement.targets.map((target) => [target.id, target.name]));
  return (
    <section aria-labelledby="proposals">
      <h2 id="proposals">Better levels to agree on</h2>
      <ul className="terminations">
        {settlement.proposals.map(({ targetId, from, to, says }) => (
          <li key={targetId}>
            <p>
              <b>{names.get(targetId) ?? targetId}</b>: from {from} to <b>{to}</b>
            </p>
            <p className="small quiet">{says} It holds once both sides have signed a version with it.</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
