import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatCount, formatFigure } from "../../../shared/metrics/format.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import { feedKey } from "../../../shared/protocol/receipt.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { progressWords } from "../../live/window-words.ts";
import { bothClocks, dayWords } from "../../ui/zone-time.ts";
import { EveryStep } from "./every-step.tsx";
import { MetricNote } from "./metric-note.tsx";

interface ProvenanceProps {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly verdict: Verdict;
  readonly nowMs: number;
}

/** How the figure came about, each step checkable by hand. */
export function Provenance(props: ProvenanceProps): React.JSX.Element {
  const { target, verdict } = props;
  const figure = formatFigure(verdict);
  return (
    <section className="rail" aria-labelledby="provenance">
      <section>
        <h2 id="provenance">Where {figure === "—" ? "this verdict" : figure} comes from</h2>
        <ol className="prov">
          <FigureStep {...props} />
          <li>
            <h3>Formula</h3>
            <p>{target.formula}</p>
            <p className="quiet">
              Variant <code>{target.variant}</code>, {queueWords(target)}
            </p>
            <MetricNote target={target} />
          </li>
          <ClauseStep {...props} />
          <li>
            <h3>Counters</h3>
            <Counters verdict={verdict} />
          </li>
          <li>
            <h3>Steps</h3>
            <EveryStep key={`${verdict.targetId} ${verdict.window.start}`} agreementId={props.state.agreement.id} verdict={verdict} />
          </li>
          <AsOfStep {...props} />
        </ol>
      </section>
    </section>
  );
}

function FigureStep({ state, verdict, nowMs }: ProvenanceProps): React.JSX.Element {
  const figure = formatFigure(verdict);
  return (
    <li>
      <h3>Figure</h3>
      <p>
        <b>{figure === "—" ? "None" : figure}</b>, as {verdict.recomputed === null ? "recomputed" : "adjusted"},{" "}
        {progressWords(verdict, state.agreement.timeZone, nowMs)}
      </p>
    </li>
  );
}

function ClauseStep({ state, target, verdict }: ProvenanceProps): React.JSX.Element {
  const { effectiveFrom } = state.agreement;
  return (
    <li>
      <h3>Clause</h3>
      {target.clause === null ? <p className="quiet">The agreement quotes no clause.</p> : <blockquote>“{target.clause}”</blockquote>}
      <p className="quiet">
        Agreed {target.expected}
        {target.minimum === null ? "" : `, minimum ${target.minimum}`}; agreement v{verdict.version}, in force since{" "}
        {dayWords(effectiveFrom)} {effectiveFrom.slice(0, 4)}
      </p>
    </li>
  );
}

function AsOfStep({ state, target, verdict, nowMs }: ProvenanceProps): React.JSX.Element {
  const { id, timeZone } = state.agreement;
  return (
    <li>
      <h3>As of</h3>
      <p>{verdict.asOfMs === null ? "No interval of this window has data." : bothClocks(timeZone, verdict.asOfMs, nowMs)}</p>
      <p className="quiet">Feed {state.feeds.get(feedKey(id, target.feed))?.name ?? target.feed}</p>
    </li>
  );
}

function queueWords(target: TargetView): string {
  return target.queues === "all" ? "all queues" : `queues ${target.queues.join(", ")}`;
}

function Counters({ verdict }: { readonly verdict: Verdict }): React.JSX.Element {
  const { value } = verdict;
  if (value === null) return <p className="quiet">There is nothing to divide: {verdict.reason}</p>;
  return (
    <>
      <p className="row sum">
        <span>{formatCount(value.num)}</span>
        <span className="quiet">÷</span>
        <span>{formatCount(value.den)}</span>
        <span className="quiet">=</span>
        <span>{exactWords(verdict, value)}</span>
      </p>
      {verdict.unit === "duration" && <p className="quiet">milliseconds divided by contacts</p>}
    </>
  );
}

/** One digit more than the figure shows, so that the rounding can be seen. */
function exactWords(verdict: Verdict, value: { readonly num: number; readonly den: number }): string {
  if (value.den <= 0) return "—";
  if (verdict.unit === "duration") return `${(value.num / value.den / 1000).toFixed(2)}\u00a0s`;
  const figure = value.num / value.den;
  return verdict.unit === "ratio" ? `${(figure * 100).toFixed(3)}\u00a0%` : figure.toFixed(3);
}
