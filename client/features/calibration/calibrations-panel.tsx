import { useState } from "react";
import { Link } from "react-router";
import type { CalibrationLine } from "../../../shared/drift/calibration.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { countWords } from "../../live/count-words.ts";
import { useRole } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { Failed } from "../../ui/panel-state.tsx";
import { Status } from "../../ui/status/status.tsx";
import { dayIn, dayWords } from "../../ui/zone-time.ts";
import { lineWords } from "./calibration-words.ts";
import { DrawForm } from "./draw-form.tsx";
import { feedName } from "./feed-name.ts";
import { useCalibrations } from "./use-calibrations.ts";
import "./calibration.css";

/** Samples of evaluations that are scored twice, and a form to draw one; nothing where the agreement has no evaluations. */
export function CalibrationsPanel({ state }: { readonly state: AgreementState }): React.JSX.Element | null {
  const feeds = [...state.feeds.values()].filter(({ kind }) => kind === "qa");
  const { request, again } = useCalibrations(state);
  const hasSome = request.state === "ready" && request.data.length > 0;
  if (feeds.length === 0 && !hasSome) return null;
  return (
    <section className="block" aria-labelledby="calibrations">
      <div className="head open">
        <h2 id="calibrations">
          Calibration <small className="quiet">evaluations scored a second time, blind</small>
        </h2>
      </div>
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && request.data.length === 0 && (
        <p className="mid">No evaluation has been scored a second time: whether scores mean the same to both sides is not known.</p>
      )}
      <ul className="calibrations">
        {request.state === "ready" && request.data.map((line) => <Line key={line.id} state={state} line={line} />)}
      </ul>
      <Drawing state={state} feeds={feeds} />
    </section>
  );
}

function Line({ state, line }: { readonly state: AgreementState; readonly line: CalibrationLine }): React.JSX.Element {
  const { id, feed, from, to, size, population, by, drawnAtMs, result } = line;
  const { agreement } = state;
  const bias = result?.bias ?? null;
  const isBiased = bias !== null && (bias.low > 0 || bias.high < 0);
  return (
    <li>
      <p>
        <Link to={paths.calibration(agreement.id, id)}>
          {size} of {countWords(population, "evaluation")} in {feedName(state, feed)}, {dayWords(from)} to {dayWords(to)}
        </Link>
      </p>
      <p>
        {isBiased && <Status kind="risk">Biased:</Status>} {lineWords(line)}
      </p>
      <p className="small quiet">
        drawn by lot for {by.name}, {dayWords(dayIn(agreement.timeZone, drawnAtMs))}
      </p>
    </li>
  );
}

interface DrawingProps {
  readonly state: AgreementState;
  readonly feeds: readonly { readonly feed: string; readonly name: string }[];
}

function Drawing({ state, feeds }: DrawingProps): React.JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const { id } = state.agreement;
  const role = useRole(id);
  if (role === null || role === "provider" || feeds.length === 0) return null;
  if (isOpen) return <DrawForm agreementId={id} feeds={feeds} onClose={() => setOpen(false)} />;
  return (
    <button className="btn" type="button" onClick={() => setOpen(true)}>
      Draw a sample
    </button>
  );
}
