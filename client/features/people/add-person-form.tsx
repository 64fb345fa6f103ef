import { useState } from "react";
import { Person } from "../../../shared/protocol/role.ts";
import { call } from "../../live/api.ts";
import { useLive } from "../../live/live-context.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { membershipsFrom, RoleField } from "./role-field.tsx";

export function AddPersonForm({ onAdded }: { readonly onAdded: () => void }): React.JSX.Element {
  const { cards } = useLive();
  const [added, setAdded] = useState<string | null>(null);
  const { isBusy, error, onSubmit } = useSubmit(async (data, form) => {
    setAdded(null);
    const text = (name: string) => formText(data, name);
    const rights = { administrator: data.has("administrator"), memberships: membershipsFrom(data, cards) };
    const body = { email: text("email"), name: text("name"), password: text("password"), ...rights };
    const person = await call({ method: "POST", path: "/api/v1/people", body, answer: Person });
    setAdded(person.name);
    form.reset();
    onAdded();
  });
  return (
    <form className="form boxed" aria-label="Add a person" onSubmit={onSubmit}>
      <h3>Add a person</h3>
      <Identity />
      {cards.map((card) => (
        <RoleField key={card.id} card={card} />
      ))}
      <label className="check">
        <input type="checkbox" name="administrator" /> Administrator: sees everything, adds people and agreements
      </label>
      {error !== null && <FieldError>{error}</FieldError>}
      <p className="small" role="status">
        {added !== null && `${added} can sign in now.`}
      </p>
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          Add
        </button>
      </div>
    </form>
  );
}

function Identity(): React.JSX.Element {
  return (
    <>
      <Field label="Name">{(control) => <input {...control} name="name" maxLength={80} autoComplete="off" required />}</Field>
      <Field label="E-mail">
        {(control) => <input {...control} name="email" type="email" maxLength={200} autoComplete="off" required />}
      </Field>
      <Field label="First password" hint="At least 10 characters; hand it over yourself">
        {(control) => (
          <input {...control} name="password" type="password" minLength={10} maxLength={200} autoComplete="new-password" required />
        )}
      </Field>
    </>
  );
}
