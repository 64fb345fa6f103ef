import { useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import type { CalibrationView } from "../../../shared/drift/calibration.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { countWords } from "../../live/count-words.ts";
import { useAgreement, useLiveView, useRole } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Field } from "../../ui/field.tsx";
import { Failed, Loading } from "../../ui/panel-state.tsx";
import { bothClocks, dayWords } from "../../ui/zone-time.ts";
import { biasWords } from "./calibration-words.ts";
import { feedName } from "./feed-name.ts";
import { namesOf } from "./find-records.ts";
import { RecordItem } from "./record-item.tsx";
import { ResultPanel } from "./result-panel.tsx";
import { useCalibration } from "./use-calibrations.ts";
import "./calibration.css";

/** One sample: what is to be scored blind, then how far both scorers agree. */
export function CalibrationPage(): React.JSX.Element {
  const { agreementId = "", calibrationId = "" } = useParams();
  const state = useAgreement(agreementId);
  const failure = useLiveView().failures.get(agreementId);
  if (state === null && failure !== undefined) return <Failed message={failure.message} remedy={failure.remedy} />;
  return state === null ? <Loading what="the calibration" /> : <Sample key={calibrationId} state={state} calibrationId={calibrationId} />;
}

function Sample({ state, calibrationId }: { readonly state: AgreementState; readonly calibrationId: string }): React.JSX.Element {
  const { request, again } = useCalibration(state, calibrationId);
  return (
    <>
      <title>{`Calibration · ${state.agreement.name} · Accord`}</title>
      <nav className="crumb" aria-label="Where in drift">
        <Link to={paths.drifts(state.agreement.id)}>Drift</Link> / Calibration
      </nav>
      {request.state === "loading" && <Loading what="the calibration" />}
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && <Ready state={state} view={request.data} onDone={again} />}
    </>
  );
}

interface ReadyProps {
  readonly state: AgreementState;
  readonly view: CalibrationView;
  readonly onDone: () => void;
}

function Ready({ state, view, onDone }: ReadyProps): React.JSX.Element {
  const nowMs = useNowMinute();
  const role = useRole(state.agreement.id);
  const [typed, setTyped] = useState("");
  const ids = useMemo(() => namesOf(typed), [typed]);
  const { result, done, size, population, feed, from, to, seed, by, drawnAtMs } = view;
  return (
    <>
      <h1>{result === null ? `${done} of ${size} evaluations are scored a second time` : biasWords(result)}</h1>
      <p className="mid lede">
        Drawn by lot for {by.name} {bothClocks(state.agreement.timeZone, drawnAtMs, nowMs)}, from {countWords(population, "evaluation")} in{" "}
        {feedName(state, feed)}, {dayWords(from)} to {dayWords(to)}.
        {result === null && " First scores are shown when nothing is left to score."}
      </p>
      {result !== null && <ResultPanel result={result} />}
      <section className="block" aria-labelledby="records">
        <div className="head">
          <h2 id="records">What was drawn</h2>
          <span className="small quiet">
            {done} of {size} done
          </span>
        </div>
        <details className="finder">
          <summary>Find them by their ids</summary>
          <Field label="Ids of evaluations, one a line" hint="They stay in this browser; those that were drawn are named below">
            {(control) => <textarea {...control} value={typed} onChange={(event) => setTyped(event.target.value)} spellCheck={false} />}
          </Field>
        </details>
        <details className="finder">
          <summary>How they were drawn</summary>
          <p className="small">
            Nobody could choose. Each evaluation is known here by the first 24 digits of the SHA-256 of its id. Drawn are the {size} of{" "}
            {formatCount(population)} for which the SHA-256 of the seed and these digits is smallest. The seed is <code>{seed}</code>.
          </p>
        </details>
        <ul className="records">
          {view.records.map((record) => (
            <RecordItem
              key={record.name}
              record={record}
              of={{ agreementId: state.agreement.id, calibrationId: view.id, zone: state.agreement.timeZone, nowMs }}
              recordId={ids.get(record.name) ?? null}
              mayScore={role !== null && role !== "provider"}
              onDone={onDone}
            />
          ))}
        </ul>
      </section>
    </>
  );
}
