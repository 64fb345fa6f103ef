import { MEMBER_ROLES } from "../../../shared/protocol/role.ts";
import type { AgreementCard } from "../../live/live-context.ts";
import { Field } from "../../ui/field.tsx";
import { ROLE_WORDS } from "./role-words.ts";

/** The name of the form's field for the role in one agreement. */
export function roleFieldName(card: AgreementCard): string {
  return `role ${card.id}`;
}

/** The part a person has in one agreement, or none. */
export function RoleField({ card }: { readonly card: AgreementCard }): React.JSX.Element {
  return (
    <Field label={`Role in ${card.name}`}>
      {(control) => (
        <select {...control} name={roleFieldName(card)} defaultValue="">
          <option value="">No part in it</option>
          {MEMBER_ROLES.map((role) => (
            <option key={role} value={role}>
              {ROLE_WORDS[role]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
