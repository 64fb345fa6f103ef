import { Link } from "react-router";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { paths } from "../../live/paths.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { rowVerdict } from "../../live/windows.ts";
import { Status } from "../../ui/status/status.tsx";

/** The other members of a target that has one verdict for each queue, site or other part. */
export function MemberLinks({ state, target }: { readonly state: AgreementState; readonly target: TargetView }): React.JSX.Element | null {
  const { id, targets } = state.agreement;
  const others = targets.filter(({ id: other, of }) => of !== null && of.targetId === target.of?.targetId && other !== target.id);
  if (target.of === null || others.length === 0) return null;
  return (
    <ul className="member-links" aria-label="The other members of this target">
      {others.map((other) => {
        const verdict = rowVerdict(state, other.id);
        return (
          <li key={other.id}>
            <Link to={paths.target(id, other.id)}>{other.of?.member ?? other.name}</Link>{" "}
            {verdict !== null && <Status kind={wordsOf(verdict.status).mark}>{wordsOf(verdict.status).word}</Status>}
          </li>
        );
      })}
    </ul>
  );
}
