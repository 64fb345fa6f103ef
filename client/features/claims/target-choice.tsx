import { useState } from "react";
import type { TargetView } from "../../../shared/protocol/live.ts";

/** Targets as the agreement writes them: the members of one are claimed together. */
function writtenTargets(targets: readonly TargetView[]): ReadonlyMap<string, string> {
  return new Map(
    targets.map(({ id, name, of }) =>
      of === null ? [id, name] : ([of.targetId, name.replace(`, ${of.member}`, "")] satisfies [string, string]),
    ),
  );
}

/** What was chosen: `"all"`, or the ids; an empty list if nothing was. */
export function claimTargets(data: FormData): "all" | string[] {
  const chosen = data.getAll("target").filter((value) => typeof value === "string");
  return chosen.includes("all") ? "all" : chosen;
}

export function TargetChoice({ targets }: { readonly targets: readonly TargetView[] }): React.JSX.Element {
  const [isAll, setAll] = useState(false);
  return (
    <fieldset className="claim-choices">
      <legend>Targets it touches</legend>
      <label className="check">
        <input type="checkbox" name="target" value="all" checked={isAll} onChange={(event) => setAll(event.target.checked)} /> All of them
      </label>
      {!isAll &&
        [...writtenTargets(targets)].map(([id, name]) => (
          <label key={id} className="check">
            <input type="checkbox" name="target" value={id} /> {name}
          </label>
        ))}
    </fieldset>
  );
}
