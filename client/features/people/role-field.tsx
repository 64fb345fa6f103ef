import { MEMBER_ROLES, MemberRole } from "../../../shared/protocol/role.ts";
import type { AgreementCard } from "../../live/live-context.ts";
import { Field } from "../../ui/field.tsx";
import { ROLE_WORDS } from "./role-words.ts";

/** The name of the form's field for the role in one agreement. */
function roleFieldName(card: AgreementCard): string {
  return `role ${card.id}`;
}

/** The memberships that a form's role fields say. */
export function membershipsFrom(data: FormData, cards: readonly AgreementCard[]): { agreementId: string; role: MemberRole }[] {
  return cards.flatMap((card) => {
    const role = MemberRole.safeParse(data.get(roleFieldName(card)));
    return role.success ? [{ agreementId: card.id, role: role.data }] : [];
  });
}

/** The part a person has in one agreement, or none. */
export function RoleField({
  card,
  role: present = "",
}: {
  readonly card: AgreementCard;
  readonly role?: MemberRole | "";
}): React.JSX.Element {
  return (
    <Field label={`Role in ${card.name}`}>
      {(control) => (
        <select {...control} name={roleFieldName(card)} defaultValue={present}>
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
