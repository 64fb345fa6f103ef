import { useCallback, useState } from "react";
import { Variants } from "../../../shared/protocol/compare.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { Failed, Loading } from "../../ui/panel-state.tsx";
import { dayIn } from "../../ui/zone-time.ts";
import { comparePeriods, type Period } from "./compare-periods.ts";
import { VariantTable } from "./variant-table.tsx";
import { variantFinding } from "./variant-words.ts";

interface FormulaSwitchProps {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly nowMs: number;
}

const OWN = "own";

/** "Which formula makes this green?": the same time under every variant of the measure, priced. Asked for, because it is computed anew. */
export function FormulaSwitch({ state, target, nowMs }: FormulaSwitchProps): React.JSX.Element {
  const [period, setPeriod] = useState<Period | null>(null);
  return (
    <section className="block" aria-labelledby="formulas">
      <div className="head">
        <h2 id="formulas">Which formula makes this green?</h2>
      </div>
      <PeriodForm today={dayIn(state.agreement.timeZone, nowMs)} onAsk={setPeriod} />
      {period !== null && <Compared state={state} target={target} period={period} />}
    </section>
  );
}

function PeriodForm({ today, onAsk }: { readonly today: string; readonly onAsk: (period: Period) => void }): React.JSX.Element {
  const periods = comparePeriods(today);
  const [chosen, setChosen] = useState(periods[0]?.id ?? OWN);
  const ask = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const named = periods.find(({ id }) => id === chosen);
    const kind = formText(data, "kind") === "day" ? "day" : formText(data, "kind") === "week" ? "week" : "month";
    onAsk(named ?? { kind, from: formText(data, "from"), to: formText(data, "to") });
  };
  return (
    <form className="ask" onSubmit={ask}>
      <Field label="Time">
        {(control) => (
          <select {...control} value={chosen} onChange={(event) => setChosen(event.target.value)}>
            {periods.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
            <option value={OWN}>Other dates</option>
          </select>
        )}
      </Field>
      {chosen === OWN && <OwnDates today={today} />}
      <button className="btn" type="submit">
        Compare all formulas
      </button>
    </form>
  );
}

function OwnDates({ today }: { readonly today: string }): React.JSX.Element {
  return (
    <>
      <Field label="Judged by the">
        {(control) => (
          <select {...control} name="kind" defaultValue="month">
            <option value="month">month</option>
            <option value="week">week</option>
            <option value="day">day</option>
          </select>
        )}
      </Field>
      <Field label="Beginning from">{(control) => <input {...control} type="date" name="from" required max={today} />}</Field>
      <Field label="to">{(control) => <input {...control} type="date" name="to" required defaultValue={today} />}</Field>
    </>
  );
}

interface ComparedProps {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly period: Period;
}

function Compared({ state, target, period }: ComparedProps): React.JSX.Element {
  const { id, timeZone } = state.agreement;
  const { kind, from, to } = period;
  const read = useCallback(() => {
    const query = new URLSearchParams({ kind, from, to });
    const path = `/api/v1/agreements/${encodeURIComponent(id)}/targets/${encodeURIComponent(target.id)}/variants?${query}`;
    return call({ path, answer: Variants });
  }, [id, target.id, kind, from, to]);
  const { request, again } = useRequest(read);
  if (request.state === "loading") return <Loading what="the formulas" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  return (
    <div role="status">
      <p className="says">
        <b>{variantFinding(request.data)}</b>
      </p>
      <VariantTable variants={request.data} zone={timeZone} />
    </div>
  );
}
