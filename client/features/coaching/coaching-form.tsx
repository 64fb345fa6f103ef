import { COACHING_KINDS, CoachingView } from "../../../shared/drift/coaching.ts";
import { coachingKindWords } from "../../../shared/drift/coaching-words.ts";
import { call } from "../../live/api.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { readCoachingForm } from "./read-coaching-form.ts";
import { coachingPath } from "./use-coaching.ts";

const SPANS = [14, 28, 56] as const;
const USUAL_SPAN = 28;

interface CoachingFormProps {
  readonly agreementId: string;
  readonly targetId: string;
  /** Today, on the agreement's clock. */
  readonly today: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** What was done, with whom, since when. */
export function CoachingForm({ agreementId, targetId, today, onDone, onClose }: CoachingFormProps): React.JSX.Element {
  const operation = useOperation();
  const { isBusy, error, onSubmit } = useSubmit(async (data, form) => {
    const note = readCoachingForm(data, targetId);
    const body = { ...note, operationId: operation(note) };
    await call({ method: "POST", path: coachingPath(agreementId), body, answer: CoachingView });
    form.reset();
    onDone();
  });
  return (
    <form className="form boxed" aria-label="Note coaching" onSubmit={onSubmit}>
      <Field label="What is done">
        {(control) => (
          <select {...control} name="kind">
            {COACHING_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {coachingKindWords(kind)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Whom />
      <Field label="First day" hint="From this day on it may show">
        {(control) => <input {...control} type="date" name="startDay" defaultValue={today} required />}
      </Field>
      <Field label="Compared" hint="Before and from the first day on">
        {(control) => (
          <select {...control} name="days" defaultValue={USUAL_SPAN}>
            {SPANS.map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="In words" hint="Both sides see it">
        {(control) => <textarea {...control} name="words" maxLength={1000} required />}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          Note it
        </button>
        <button className="btn bare" type="button" onClick={onClose}>
          Not now
        </button>
      </div>
    </form>
  );
}

/** Who was coached; whoever is left is what they are compared with. */
function Whom(): React.JSX.Element {
  return (
    <fieldset className="coached">
      <legend>Whom it reaches</legend>
      <Field label="Agents who joined after" hint="May stay blank">
        {(control) => <input {...control} type="date" name="joinedAfter" />}
      </Field>
      <Field label="Queues" hint="As the feed names them, commas between; may stay blank">
        {(control) => <input {...control} name="queues" autoComplete="off" />}
      </Field>
      <Field label="Agents" hint="Their pseudonyms, commas between; may stay blank">
        {(control) => <input {...control} name="agents" autoComplete="off" spellCheck={false} />}
      </Field>
      <p className="hint">Everybody to whom all of it applies. The others of this target are what they are compared with.</p>
    </fieldset>
  );
}
