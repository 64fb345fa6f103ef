import { describe, expect, it } from "vitest";
import type { Policy } from "../../../shared/protocol/routes.ts";
import type { Caller } from "../../../server/access/caller.ts";
import { decide } from "../../../server/access/decide.ts";

function person(overrides: { administrator?: boolean; role?: "client-manager" | "qa-lead" | "provider" } = {}): Caller {
  const memberships = overrides.role === undefined ? [] : [{ agreementId: "north", role: overrides.role }];
  return {
    kind: "person",
    sessionHash: "s",
    person: { id: "1", email: "a@example.com", name: "A", administrator: overrides.administrator ?? false, memberships },
  };
}
const nobody: Caller = { kind: "nobody" };
const key: Caller = { kind: "key", key: { id: "k", name: "k", agreementId: "north", feeds: ["north.calls"] } };
const north = { agreementId: "north", feedId: null };
const south = { agreementId: "south", feedId: null };
const providers: Policy = { access: "member", roles: ["provider"] };
const uploads: Policy = { access: "member", roles: ["provider"], key: true };

describe("decide", () => {
  it.each([
    ["anybody may use what is public", { access: "public" }, nobody, null, "allow"],
    ["nobody is told to sign in, whatever the object", providers, nobody, south, 401],
    ["a signed-in person may use what is for the signed-in", { access: "signed-in" }, person(), null, "allow"],
    ["a person is no administrator", { access: "administrator" }, person({ role: "provider" }), null, 403],
    ["an administrator may", { access: "administrator" }, person({ administrator: true }), null, "allow"],
    ["an administrator counts as a member with every role", providers, person({ administrator: true }), south, "allow"],
    ["a member with the role may", providers, person({ role: "provider" }), north, "allow"],
    ["a member without the role learns that the role is missing", providers, person({ role: "qa-lead" }), north, 403],
    ["somebody else's agreement does not exist", providers, person({ role: "provider" }), south, 404],
    ["a person without memberships sees no agreement", providers, person(), north, 404],
    ["a key may use its feed", uploads, key, { agreementId: "north", feedId: "north.calls" }, "allow"],
    ["a key does not see other feeds of its agreement", uploads, key, { agreementId: "north", feedId: "north.chats" }, 404],
    ["a key does not see what has no feed", uploads, key, north, 404],
    ["a key does not see other agreements", uploads, key, { agreementId: "south", feedId: "south.calls" }, 404],
    ["a key may not do what is for people", providers, key, north, 403],
    ["a key learns nothing of agreements that are not its own", providers, key, south, 404],
    ["a key is nobody's session", { access: "signed-in" }, key, null, 403],
  ] as const satisfies readonly (readonly [string, Policy, Caller, { agreementId: string; feedId: string | null } | null, unknown])[])(
    "%s",
    (_title, policy, caller, scope, expected) => {
      expect(decide(policy, caller, scope)).toBe(expected);
    },
  );
});
