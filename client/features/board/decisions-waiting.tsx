import { memo } from "react";
import { Link } from "react-router";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import { claimKindWords, claimsFor, claimTargetWords, rangeWords } from "../../live/claim-words.ts";
import { useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { sideOf } from "../../live/side.ts";
import { bothClocks, spanWords } from "../../ui/zone-time.ts";
import type { Board, BoardState } from "./board-rows.ts";

interface DecisionsWaitingProps {
  readonly boards: readonly Board[];
  readonly nowMs: number;
}

interface Waiting {
  readonly claim: ExclusionClaim;
  readonly state: BoardState;
}

/** Undecided claims of the other side, with what is left to decide them; nothing when there are none. */
export const DecisionsWaiting = memo(function DecisionsWaiting({ boards, nowMs }: DecisionsWaitingProps) {
  const { cards } = useLive();
  const sides = new Map(cards.map((card) => [card.id, sideOf(card.role)]));
  const waiting = boards
    .flatMap(({ state }) => {
      const side = sides.get(state.agreement.id);
      return side === undefined ? [] : claimsFor(state.claims.values(), side.party).map((claim) => ({ claim, state }));
    })
    .toSorted((a, b) => a.claim.decideByMs - b.claim.decideByMs);
  const [first] = waiting;
  if (first === undefined) return null;
  const isMine = sides.get(first.state.agreement.id)?.mayAct ?? false;
  return (
    <section className="block" aria-labelledby="decisions">
      <div className="head">
        <h2 id="decisions">{waitingFinding(waiting.length, first.claim.decideByMs - nowMs, isMine)}</h2>
      </div>
      <ul className="decisions">
        {waiting.map((each) => (
          <Decision key={`${each.state.agreement.id} ${each.claim.id}`} {...each} nowMs={nowMs} />
        ))}
      </ul>
    </section>
  );
});

/** "1 claim waits for your decision, 2 d left". */
function waitingFinding(count: number, leftMs: number, isMine: boolean): string {
  const whose = isMine ? "your" : "your company's";
  const left = leftMs > 0 ? `${spanWords(leftMs)} left` : "overdue";
  return count === 1 ? `1 claim waits for ${whose} decision, ${left}` : `${count} claims wait for ${whose} decision, the first has ${left}`;
}

function Decision({ claim, state, nowMs }: Waiting & { readonly nowMs: number }): React.JSX.Element {
  const { agreement } = state;
  return (
    <li>
      <Link to={paths.claim(agreement.id, claim.id)}>
        {agreement.name}, claim {claim.id}: {claimKindWords(claim.kind)}
      </Link>
      <span className="mid">
        {claimTargetWords(claim, agreement)}, {rangeWords(agreement.timeZone, claim.window, nowMs)}
      </span>
      <b>by {bothClocks(agreement.timeZone, claim.decideByMs, nowMs)}</b>
    </li>
  );
}
