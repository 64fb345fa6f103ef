import type { Person } from "../../shared/protocol/role.ts";
import { type PartyActor, partyOfRole } from "../../shared/settlement/party.ts";
import { type Caller, personOf } from "./caller.ts";

/** The side for which a person acts in an agreement: a provider's people for the provider, everybody else for the client, whose workspace this is. */
export function actingAs({ id, name, memberships }: Person, agreementId: string): PartyActor {
  const role = memberships.find((membership) => membership.agreementId === agreementId)?.role;
  return { id: `person:${id}`, name, party: partyOfRole(role) };
}

/** Whoever is asking, as they act in an agreement. */
export function partyActor(caller: Caller, agreementId: string): PartyActor {
  return actingAs(personOf(caller), agreementId);
}
