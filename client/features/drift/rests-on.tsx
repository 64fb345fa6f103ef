import { countWords } from "../../live/count-words.ts";
import type { DriftView } from "../../../shared/drift/drift-view.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { bothClocks, dayWords } from "../../ui/zone-time.ts";
import { sampleNoun } from "./sample-noun.ts";
import { sampleWords } from "./drift-words.ts";

interface RestsOnProps {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly view: DriftView;
  readonly nowMs: number;
}

/** What the figures are made of, what is left out, and how old they are. */
export function RestsOn({ state, target, view, nowMs }: RestsOnProps): React.JSX.Element {
  const { points, version, atMs } = view;
  const last = points.findLast(({ open }) => !open);
  const size = sampleWords(
    points.reduce((sum, { n }) => sum + n, 0),
    sampleNoun(target),
  );
  return (
    <section className="block" aria-labelledby="rests">
      <div className="head">
        <h2 id="rests">What this rests on</h2>
      </div>
      <ul className="rests mid">
        <li>{target.formula}</li>
        <li>
          {countWords(points.length, "day")} with figures{size === null ? "" : `, ${size}`}
          {last === undefined ? "" : `; the last one that counts is ${dayWords(last.day)}`}. Worked out{" "}
          {bothClocks(state.agreement.timeZone, atMs, nowMs)}, under version {version}, with accepted exclusions.
        </li>
        <li>
          Days that are over and have come in. Holidays, days left out by more than half and days that may still change are drawn and never
          alarmed. A day without figures stays a gap.
        </li>
        <li>The baseline stays as it is until both parties agree on another. Agents appear as pseudonyms.</li>
      </ul>
    </section>
  );
}
