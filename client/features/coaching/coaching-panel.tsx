import { useState } from "react";
import type { CoachingEffect, CoachingView } from "../../../shared/drift/coaching.ts";
import { coachingKindWords, cohortWords, effectWords, groupWords, innocentWords, isBetter } from "../../../shared/drift/coaching-words.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { countWords } from "../../live/count-words.ts";
import { useRole } from "../../live/live-context.ts";
import { useNowMinute } from "../../live/use-now.ts";
import type { Request } from "../../live/use-request.ts";
import { Failed } from "../../ui/panel-state.tsx";
import { Status } from "../../ui/status/status.tsx";
import { dayIn, dayWords } from "../../ui/zone-time.ts";
import { CoachingForm } from "./coaching-form.tsx";
import "./coaching.css";

interface CoachingPanelProps {
  readonly state: AgreementState;
  readonly targetId: string;
  /** All actions of the agreement. */
  readonly request: Request<readonly CoachingView[]>;
  readonly again: () => void;
}

/** What was done about a target, what it has come to, and a form to note more. */
export function CoachingPanel({ state, targetId, request, again }: CoachingPanelProps): React.JSX.Element {
  const own = request.state === "ready" ? request.data.filter(({ action }) => action.targetId === targetId) : [];
  return (
    <section aria-labelledby="coaching">
      <h2 id="coaching">Coaching</h2>
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && own.length === 0 && <p className="small quiet">Nothing is noted for this target.</p>}
      <ol className="coachings">
        {own.map((view) => (
          <Action key={view.action.id} view={view} />
        ))}
      </ol>
      <Noting state={state} targetId={targetId} onDone={again} />
    </section>
  );
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function Action({ view: { action, effect } }: { readonly view: CoachingView }): React.JSX.Element {
  const { kind, cohort, startDay, words, by } = action;
  return (
    <li>
      <p>
        <b>
          {capital(coachingKindWords(kind))} for {cohortWords(cohort)}
        </b>
        , since {dayWords(startDay)}
      </p>
      <Effect effect={effect} />
      <p className="small quiet">
        {words} ({by.name}, {by.party})
      </p>
    </li>
  );
}

function Effect({ effect }: { readonly effect: CoachingEffect | null }): React.JSX.Element {
  if (effect === null) return <p className="small">Not measured yet; it is within a minute or two.</p>;
  if (effect.state === "unknown") return <p className="small">{effect.why}</p>;
  const { clusters, cohort, others, to } = effect;
  const [cases, rest] = [formatCount(cohort.sample), formatCount(others.sample)];
  const better = isBetter(effect);
  const counted =
    clusters.by === "agent"
      ? `${clusters.cohort} agents with ${cases} cases against ${clusters.others} with ${rest}`
      : `${countWords(clusters.cohort, "day")} on either side, ${cases} cases against ${rest}`;
  return (
    <>
      <p>
        {better !== null && <Status kind={better ? "met" : "risk"}>{better ? "Better: " : "Worse: "}</Status>} The figure{" "}
        {effectWords(effect)}.
      </p>
      <p className="small">
        {groupWords(effect)}; {counted}, to {dayWords(to)}. {innocentWords(effect)}
      </p>
    </>
  );
}

function Noting({ state, targetId, onDone }: { readonly state: AgreementState; readonly targetId: string; readonly onDone: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const nowMs = useNowMinute();
  const { id, timeZone } = state.agreement;
  const role = useRole(id);
  if (role === null) return null;
  if (!isOpen)
    return (
      <button className="btn" type="button" onClick={() => setOpen(true)}>
        Note coaching
      </button>
    );
  const close = () => setOpen(false);
  const done = () => {
    close();
    onDone();
  };
  return <CoachingForm agreementId={id} targetId={targetId} today={dayIn(timeZone, nowMs)} onDone={done} onClose={close} />;
}
