import { Forecast } from "../../../shared/protocol/claims.ts";
import { call } from "../../live/api.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { forecastDays } from "./forecast-days.ts";

interface ForecastFormProps {
  readonly agreementId: string;
  /** How many days before its month a forecast locks. */
  readonly lockDays: number;
  readonly onDone: () => void;
}

export function ForecastForm({ agreementId, lockDays, onDone }: ForecastFormProps): React.JSX.Element {
  const operation = useOperation();
  const { isBusy, error, onSubmit } = useSubmit(async (data, form) => {
    const month = formText(data, "month");
    const days = forecastDays(formText(data, "days"), month);
    const path = `/api/v1/agreements/${encodeURIComponent(agreementId)}/forecasts/${encodeURIComponent(month)}`;
    await call({ method: "PUT", path, body: { days, operationId: operation({ month, days }) }, answer: Forecast });
    form.reset();
    onDone();
  });
  return (
    <form className="form boxed forecast" aria-label="Hand in a forecast" onSubmit={onSubmit}>
      <h3>Hand in a month's forecast</h3>
      <Field label="Month" hint={`It locks ${lockDays} days before it begins; until then it may be handed in again`}>
        {(control) => <input {...control} type="month" name="month" pattern="\d{4}-\d{2}" placeholder="2026-10" required />}
      </Field>
      <Field label="Contacts by day" hint="One line a day, such as 2026-10-01 2100">
        {(control) => <textarea {...control} className="code" name="days" spellCheck={false} required />}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          Hand in the forecast
        </button>
      </div>
    </form>
  );
}
