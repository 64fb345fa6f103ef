import type { z } from "zod";
import { AppError } from "../../../shared/protocol/errors.ts";
import { NewKeyView } from "../../../shared/protocol/routes.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";

interface NewKeyFormProps {
  readonly state: AgreementState;
  readonly path: string;
  readonly onMade: (made: z.infer<typeof NewKeyView>) => void;
}

export function NewKeyForm({ state, path, onMade }: NewKeyFormProps): React.JSX.Element {
  const feeds = [...state.feeds.values()];
  const { isBusy, error, onSubmit } = useSubmit(async (data, form) => {
    const chosen = data.getAll("feed").filter((value) => typeof value === "string");
    if (chosen.length === 0) throw new AppError("bad-request", "No feed is chosen.", "Choose at least one that the key may hand in to.");
    onMade(await call({ method: "POST", path, body: { name: formText(data, "name"), feeds: chosen }, answer: NewKeyView }));
    form.reset();
  });
  return (
    <form className="form" onSubmit={onSubmit}>
      <Field label="Name of the new key" hint="Shown in every receipt it hands in">
        {(control) => <input {...control} name="name" maxLength={60} required />}
      </Field>
      <fieldset className="choices">
        <legend>May hand in to</legend>
        {feeds.map((feed) => (
          <label key={feed.feedId} className="check">
            <input type="checkbox" name="feed" value={feed.feed} defaultChecked={feeds.length === 1} /> {feed.name}
          </label>
        ))}
      </fieldset>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn" type="submit" disabled={isBusy}>
          Make a key
        </button>
      </div>
    </form>
  );
}
