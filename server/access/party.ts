import type { PartyActor } from "../../shared/settlement/party.ts";
import { type Caller, personOf } from "./caller.ts";

/** The side for which a person acts in an agreement: a provider's people for the provider, everybody else for the client, whose workspace this is. */
export function partyActor(caller: Caller, agreementId: string): PartyActor {
  const { id, name, memberships } = personOf(caller);
  const role = memberships.find((membership) => membership.agreementId === agreementId)?.role;
  return { id: `person:${id}`, name, party: role === "provider" ? "provider" : "client" };
}
