import { z } from "zod";

/** The two sides of an agreement. What one asks, the other decides. */
export const Party = z.enum(["client", "provider"]);
export type Party = z.infer<typeof Party>;

export function otherParty(party: Party): Party {
  return party === "client" ? "provider" : "client";
}

/** A provider's people stand on the provider's side, everybody else on the client's, whose workspace this is. */
export function partyOfRole(role: string | null | undefined): Party {
  return role === "provider" ? "provider" : "client";
}

/** Who did something: an id for ever, the name as shown at that time. */
export const PartyActor = z.strictObject({ id: z.string(), name: z.string(), party: Party });
export type PartyActor = z.infer<typeof PartyActor>;
