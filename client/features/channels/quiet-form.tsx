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

/** When the person who looks wants e-mail, and when not. */
export function QuietHoursPanel(): React.JSX.Element {
  const read = useCallback(() => call({ path: PATH, answer: TellingSettings }), []);
  const { request, again } = useRequest(read);
  if (request.state === "loading") return <Loading what="your e-mail settings" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  return <QuietForm key={JSON.stringify(request.data)} known={request.data} onSaved={again} />;
}

function readForm(data: FormData): TellingSettings {
  const [from, to, at, timeZone] = ["from", "to", "at", "timeZone"].map((name) => formText(data, name).trim());
  const quiet = data.get("has") === "on" ? { from, to, timeZone } : null;
  const digest = data.get("wants") === "on" ? { at, timeZone } : null;
  const parsed = TellingSettings.safeParse({ quiet, digest });
  if (parsed.success) return parsed.data;
  throw new AppError("bad-request", `Your e-mail: ${parsed.error.issues[0]?.message ?? "does not fit"}.`, "Change it and save again.");
}

function QuietForm({ known, onSaved }: { readonly known: TellingSettings; readonly onSaved: () => void }): React.JSX.Element {
  const [hasQuiet, setHasQuiet] = useState(known.quiet !== null);
  const [wantsDigest, setWantsDigest] = useState(known.digest !== null);
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    await call({ method: "PUT", path: PATH, body: readForm(data), answer: TellingSettings });
    onSaved();
  });
  return (
    <form className="form boxed" aria-label="E-mail to you" onSubmit={onSubmit}>
      <h2>E-mail to you</h2>
      <label className="check">
        <input type="checkbox" name="has" checked={hasQuiet} onChange={({ target }) => setHasQuiet(target.checked)} /> Hold it back in my
        quiet hours
      </label>
      {hasQuiet && <QuietFields known={known.quiet} />}
      <label className="check">
        <input type="checkbox" name="wants" checked={wantsDigest} onChange={({ target }) => setWantsDigest(target.checked)} /> Send me a
        summary each day
      </label>
      {wantsDigest && (
        <Field label="Summary at">
          {(control) => <input {...control} name="at" type="time" defaultValue={known.digest?.at ?? "07:30"} required />}
        </Field>
      )}
      {(hasQuiet || wantsDigest) && (
        <Field label="Time zone">
          {(control) => (
            <input {...control} name="timeZone" defaultValue={known.quiet?.timeZone ?? known.digest?.timeZone ?? viewerZone()} required />
          )}
        </Field>
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

function QuietFields({ known }: { readonly known: TellingSettings["quiet"] }): React.JSX.Element {
  return (
    <>
      <div className="channel-two">
        <Field label="From">
          {(control) => <input {...control} name="from" type="time" defaultValue={known?.from ?? "22:00"} required />}
        </Field>
        <Field label="To">{(control) => <input {...control} name="to" type="time" defaultValue={known?.to ?? "07:00"} required />}</Field>
      </div>
      <p className="small quiet">What is critical and unanswered never waits.</p>
    </>
  );
}
