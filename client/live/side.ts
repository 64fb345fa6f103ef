import type { Role } from "../../shared/protocol/role.ts";
import { type Party, partyOfRole } from "../../shared/settlement/party.ts";

/** For which of the two companies somebody looks at an agreement, and whether they may bind it. */
export interface Side {
  readonly party: Party;
  readonly mayAct: boolean;
}

/** A provider's people stand on the provider's side, everybody else on the client's; a QA lead sees all and binds nobody. */
export function sideOf(role: Role | null): Side {
  return { party: partyOfRole(role), mayAct: role !== null && role !== "qa-lead" };
}
