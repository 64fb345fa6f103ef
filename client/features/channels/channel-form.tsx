import { useState } from "react";
import { NewChannel, NewChannelView } from "../../../shared/protocol/channels.ts";
import { AppError } from "../../../shared/protocol/errors.ts";
import { call } from "../../live/api.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";

const ADDRESS_HINTS = {
  slack: "In Slack: an app with incoming webhooks; it gives an address at hooks.slack.com.",
  teams: "In Teams: the channel's Workflows, “Post to a channel when a webhook request is received”.",
  webhook: "Signed as Standard Webhooks says. You are shown the secret once.",
} as const;

function read(data: FormData): Omit<NewChannel, "operationId"> {
  const raw = Object.fromEntries(["kind", "name", "url", "minSeverity"].map((name) => [name, formText(data, name).trim()]));
  const parsed = NewChannel.omit({ operationId: true }).safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path[0] === "url" ? "Address" : "Name";
  throw new AppError("bad-request", `${field} ${issue?.message ?? "does not fit"}.`, "Change it and save again.");
}

/** One more place where one's side is told. */
export function ChannelForm({ path, onSaved }: { readonly path: string; readonly onSaved: () => void }): React.JSX.Element {
  const [kind, setKind] = useState<keyof typeof ADDRESS_HINTS>("slack");
  const [secret, setSecret] = useState<string | null>(null);
  const operationFor = useOperation();
  const { isBusy, error, onSubmit } = useSubmit(async (data, form) => {
    const content = read(data);
    const made = await call({ method: "POST", path, body: { ...content, operationId: operationFor(content) }, answer: NewChannelView });
    setSecret(made.signingSecret);
    form.reset();
    setKind("slack");
    onSaved();
  });
  return (
    <form className="form boxed" aria-label="Add a channel" onSubmit={onSubmit}>
      <h2>Add a channel</h2>
      <Field label="Send to">
        {(control) => (
          <select
            {...control}
            name="kind"
            value={kind}
            onChange={({ target: { value } }) => setKind(value === "teams" || value === "webhook" ? value : "slack")}
          >
            <option value="slack">Slack</option>
            <option value="teams">Microsoft Teams</option>
            <option value="webhook">a webhook of your own</option>
          </select>
        )}
      </Field>
      <Field label="Name">{(control) => <input {...control} name="name" maxLength={60} required />}</Field>
      <Field label="Address" hint={ADDRESS_HINTS[kind]}>
        {(control) => <input {...control} name="url" type="url" autoComplete="off" placeholder="https://" required />}
      </Field>
      <Field label="Which alerts">
        {(control) => (
          <select {...control} name="minSeverity" defaultValue="warning">
            <option value="warning">everything</option>
            <option value="high">high and critical</option>
            <option value="critical">critical only</option>
          </select>
        )}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      {secret !== null && (
        <p className="channel-secret" role="status">
          Sign with this secret; it is not shown again:
          <br />
          <code>{secret}</code>
        </p>
      )}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          Add it
        </button>
      </div>
    </form>
  );
}
