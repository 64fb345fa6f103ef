import { useState } from "react";
import { Person } from "../../../shared/protocol/role.ts";
import { call } from "../../live/api.ts";
import { useLive } from "../../live/live-context.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { membershipsFrom, RoleField } from "./role-field.tsx";
import { ROLE_WORDS } from "./role-words.ts";

interface PersonItemProps {
  readonly person: Person;
  readonly onChanged: () => void;
}

/** A person with what they may see, and the form that changes it. */
export function PersonItem({ person, onChanged }: PersonItemProps): React.JSX.Element {
  const { cards } = useLive();
  const [isOpen, setOpen] = useState(false);
  const names = new Map(cards.map((card) => [card.id, card.name]));
  const roles = person.memberships.map(({ agreementId, role }) => `${ROLE_WORDS[role]}, ${names.get(agreementId) ?? agreementId}`);
  const done = () => {
    setOpen(false);
    onChanged();
  };
  return (
    <li>
      <b>{person.name}</b> <span className="quiet">{person.email}</span>
      <span className="small mid">
        {person.administrator && "Administrator. "}
        {roles.join("; ")}
        {!person.administrator && roles.length === 0 && "Sees nothing."}
      </span>
      <button className="btn link small" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? "Leave as it is" : "Change"}
        <span className="sr"> {person.name}</span>
      </button>
      {isOpen && <ChangePerson person={person} onChanged={done} />}
    </li>
  );
}

/** Taking the last role away shuts a person out at once, open screens included. */
function ChangePerson({ person, onChanged }: PersonItemProps): React.JSX.Element {
  const { cards } = useLive();
  const present = new Map(person.memberships.map(({ agreementId, role }) => [agreementId, role]));
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    const password = formText(data, "password");
    const roles = person.administrator ? {} : { memberships: membershipsFrom(data, cards) };
    const body = { ...roles, ...(password === "" ? {} : { password }) };
    await call({ method: "PUT", path: `/api/v1/people/${person.id}`, body, answer: Person });
    onChanged();
  });
  return (
    <form className="form boxed" aria-label={`Change ${person.name}`} onSubmit={onSubmit}>
      {!person.administrator && cards.map((card) => <RoleField key={card.id} card={card} role={present.get(card.id) ?? ""} />)}
      <Field label="New password" hint="Leave it blank to keep the present one; at least 10 characters, hand it over yourself">
        {(control) => <input {...control} name="password" type="password" minLength={10} maxLength={200} autoComplete="new-password" />}
      </Field>
      <p className="small quiet">It holds at once; screens that may no longer be seen are closed.</p>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          Save
        </button>
      </div>
    </form>
  );
}
