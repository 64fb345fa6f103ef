import { useCallback, useState } from "react";
import { TellingSettings } from "../../../shared/alerts/quiet-hours.ts";
import { AppError } from "../../../shared/protocol/errors.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { Failed, Loading } from "../../ui/panel-state.tsx";
import { viewerZone } from "../../ui/zone-time.ts";

const PATH = "/api/v1/me/telling";

/** When the person who looks does not want e-mail about what can wait. */
export function QuietHoursPanel(): React.JSX.Element {
  const read = useCallback(() => call({ path: PATH, answer: TellingSettings }), []);
  const { request, again } = useRequest(read);
  if (request.state === "loading") return <Loading what="your quiet hours" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  return <QuietForm key={JSON.stringify(request.data)} known={request.data} onSaved={again} />;
}

function readForm(data: FormData): TellingSettings {
  if (data.get("has") !== "on") return { quiet: null };
  const [from, to, timeZone] = [formText(data, "from"), formText(data, "to"), formText(data, "timeZone").trim()];
  const parsed = TellingSettings.safeParse({ quiet: { from, to, timeZone } });
  if (parsed.success) return parsed.data;
  throw new AppError("bad-request", `Quiet hours: ${parsed.error.issues[0]?.message ?? "do not fit"}.`, "Change them and save again.");
}

function QuietForm({ known, onSaved }: { readonly known: TellingSettings; readonly onSaved: () => void }): React.JSX.Element {
  const [hasQuiet, setHasQuiet] = useState(known.quiet !== null);
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    await call({ method: "PUT", path: PATH, body: readForm(data), answer: TellingSettings });
    onSaved();
  });
  return (
    <form className="form boxed" aria-label="Your quiet hours" onSubmit={onSubmit}>
      <h2>Your quiet hours</h2>
      <p className="small quiet">E-mail to you waits until they end. What is critical and has no owner never waits.</p>
      <label className="check">
        <input type="checkbox" name="has" checked={hasQuiet} onChange={({ target }) => setHasQuiet(target.checked)} /> I have quiet hours
      </label>
      {hasQuiet && (
        <>
          <div className="channel-two">
            <Field label="From">
              {(control) => <input {...control} name="from" type="time" defaultValue={known.quiet?.from ?? "22:00"} required />}
            </Field>
            <Field label="To">
              {(control) => <input {...control} name="to" type="time" defaultValue={known.quiet?.to ?? "07:00"} required />}
            </Field>
          </div>
          <Field label="Time zone">
            {(control) => <input {...control} name="timeZone" defaultValue={known.quiet?.timeZone ?? viewerZone()} required />}
          </Field>
        </>
      )}
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn" type="submit" disabled={isBusy}>
          Save
        </button>
      </div>
    </form>
  );
}
