import type { MemberRole } from "../../../shared/protocol/role.ts";

export const ROLE_WORDS: Readonly<Record<MemberRole, string>> = {
  "client-manager": "Client manager",
  "qa-lead": "QA lead",
  provider: "Provider",
};
