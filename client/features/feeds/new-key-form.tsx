import { useState } from "react";
import type { z } from "zod";
import { NewKeyView } from "../../../shared/protocol/routes.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { asAppError } from "../../live/use-request.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";

interface NewKeyFormProps {
  readonly state: AgreementState;
  readonly path: string;
  readonly onMade: (made: z.infer<typeof NewKeyView>) => void;
}

export function NewKeyForm({ state, path, onMade }: NewKeyFormProps): React.JSX.Element {
  const [error, setError] = useState<string | null>(null);
  const feeds = [...state.feeds.values()];
  const make = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const chosen = data.getAll("feed").filter((value) => typeof value === "string");
    if (chosen.length === 0) return setError("Choose at least one feed that the key may hand in to.");
    try {
      onMade(await call({ method: "POST", path, body: { name: formText(data, "name"), feeds: chosen }, answer: NewKeyView }));
      setError(null);
      form.reset();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void make(event.currentTarget);
      }}
    >
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
        <button className="btn" type="submit">
          Make a key
        </button>
      </div>
    </form>
  );
}
