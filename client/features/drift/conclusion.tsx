import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { DriftView } from "../../../shared/drift/drift-view.ts";
import { countWords } from "../../live/count-words.ts";
import { contractWords, leadsWords } from "./drift-words.ts";

interface ConclusionProps {
  readonly view: DriftView;
  readonly verdict: Verdict | null;
}

function causeOf({ state, why, cause, drift, budget }: DriftView): string {
  switch (state) {
    case "drifting": {
      const said = cause?.conclusion ?? "What moved it is not known: it cannot be split by queue or agent.";
      return drift?.worse === false ? `It has moved for the better. ${said}` : said;
    }
    case "steady":
      return `In ${countWords(budget.watched, "day")} watched since the baseline the level has not moved further than chance would.`;
    case "learning":
      return `${why ?? "Too few days are known"}. Until then days are drawn and nothing is raised.`;
    case "unusable":
      return why ?? "Nothing can be said of it.";
  }
}

/** What moved it, whether the contract is still met, and where it leads: one paragraph. */
export function Conclusion({ view, verdict }: ConclusionProps): React.JSX.Element {
  const contract = contractWords(verdict);
  const leads = view.state === "drifting" ? leadsWords(view) : null;
  return (
    <p className="drift-sentence">
      {causeOf(view)}
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
