import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { DriftView } from "../../../shared/drift/drift-view.ts";
import { countWords } from "../../live/count-words.ts";
import { dayWords } from "../../ui/zone-time.ts";
import { besidesWords, contractWords, leadsWords } from "./drift-words.ts";
import "../../ui/sentence.css";

interface ConclusionProps {
  readonly view: DriftView;
  readonly verdict: Verdict | null;
}

/** Nothing stands: either nothing ever did, or the last move is over. */
function steadyWords({ budget, past }: DriftView): string {
  const over = past[0]?.endedOn ?? null;
  if (over !== null) return `It is back at what was usual since ${dayWords(over)}, after a move that is over.`;
  return `In ${countWords(budget.watched, "day")} watched since the baseline the level has not moved further than chance would.`;
}

function causeOf(view: DriftView): string {
  const { state, why, cause, drift } = view;
  switch (state) {
    case "drifting": {
      const said = cause?.conclusion ?? "What moved it is not known: it cannot be split by queue or agent.";
      return drift?.worse === false ? `It has moved for the better. ${said}` : said;
    }
    case "steady":
      return steadyWords(view);
    case "learning":
      return `${(why ?? "Too few days are known").replace(/\.$/u, "")}. Until then days are drawn and nothing is raised.`;
    case "unusable":
      return why ?? "Nothing can be said of it.";
  }
}

/** What moved it, whether the contract is still met, and where it leads: one paragraph. */
export function Conclusion({ view, verdict }: ConclusionProps): React.JSX.Element {
  const contract = contractWords(verdict);
  const besides = besidesWords(view);
  const leads = view.state === "drifting" ? leadsWords(view) : null;
  return (
    <p className="sentence of-drift">
      {causeOf(view)}
      {besides !== null && ` ${besides}`}
      {contract !== null && (
        <>
          {" "}
          The contract target <b>{contract.says}</b> ({contract.with}).
        </>
      )}
      {leads !== null && ` ${leads}`}
    </p>
  );
}
