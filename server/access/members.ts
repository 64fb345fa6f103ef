import type { Redis } from "ioredis";
import type { MemberView } from "../../shared/protocol/alert-routes.ts";
import type { Person } from "../../shared/protocol/role.ts";
import { partyOfRole } from "../../shared/settlement/party.ts";
import { listPeople, readPerson } from "../../shared/store/people.ts";

const ID_PREFIX = "person:";

function viewOf({ id, name, memberships }: Person, agreementId: string): MemberView | null {
  const role = memberships.find((one) => one.agreementId === agreementId)?.role;
  if (role === undefined) return null;
  return { id: `${ID_PREFIX}${id}`, name, role, party: partyOfRole(role) };
}

/** Everybody who belongs to an agreement, by name. */
export async function listMembers(redis: Redis, agreementId: string): Promise<MemberView[]> {
  const members = (await listPeople(redis)).map((person) => viewOf(person, agreementId)).filter((view) => view !== null);
  return members.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** Somebody of an agreement by the id that alerts carry; `null` for anybody else. */
export async function readMember(redis: Redis, agreementId: string, memberId: string): Promise<MemberView | null> {
  const person = memberId.startsWith(ID_PREFIX) ? await readPerson(redis, memberId.slice(ID_PREFIX.length)) : null;
  return person === null ? null : viewOf(person, agreementId);
}
