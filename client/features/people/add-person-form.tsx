import { useState } from "react";
import { MEMBER_ROLES, MemberRole, Person } from "../../../shared/protocol/role.ts";
import { call } from "../../live/api.ts";
import { useLive } from "../../live/live-context.ts";
import { asAppError } from "../../live/use-request.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { ROLE_WORDS } from "./role-words.ts";

export function AddPersonForm({ onAdded }: { readonly onAdded: () => void }): React.JSX.Element {
  const { cards } = useLive();
  const [error, setError] = useState<string | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const add = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const text = (name: string) => formText(data, name);
    const memberships = cards.flatMap((card) => {
      const role = MemberRole.safeParse(data.get(`role ${card.id}`));
      return role.success ? [{ agreementId: card.id, role: role.data }] : [];
    });
    const body = {
      email: text("email"),
      name: text("name"),
      password: text("password"),
      administrator: data.has("administrator"),
      memberships,
    };
    setAdded(null);
    try {
      const person = await call({ method: "POST", path: "/api/v1/people", body, answer: Person });
      setError(null);
      setAdded(person.name);
      form.reset();
      onAdded();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
  };
  return (
    <form
      className="form boxed"
      aria-label="Add a person"
      onSubmit={(event) => {
        event.preventDefault();
        void add(event.currentTarget);
      }}
    >
      <h3>Add a person</h3>
      <Field label="Name">{(control) => <input {...control} name="name" maxLength={80} autoComplete="off" required />}</Field>
      <Field label="E-mail">
        {(control) => <input {...control} name="email" type="email" maxLength={200} autoComplete="off" required />}
      </Field>
      <Field label="First password" hint="At least 10 characters; hand it over yourself">
        {(control) => (
          <input {...control} name="password" type="password" minLength={10} maxLength={200} autoComplete="new-password" required />
        )}
      </Field>
      {cards.map((card) => (
        <Field key={card.id} label={`Role in ${card.name}`}>
          {(control) => (
            <select {...control} name={`role ${card.id}`} defaultValue="">
              <option value="">No part in it</option>
              {MEMBER_ROLES.map((role) => (
                <option key={role} value={role}>
                  {ROLE_WORDS[role]}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
      <label className="check">
        <input type="checkbox" name="administrator" /> Administrator: sees everything, adds people and agreements
      </label>
      {error !== null && <FieldError>{error}</FieldError>}
      <p className="small" role="status">
        {added !== null && `${added} can sign in now.`}
      </p>
      <div className="row">
        <button className="btn main" type="submit">
          Add
        </button>
      </div>
    </form>
  );
}
