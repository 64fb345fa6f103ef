import type { Policy } from "../../shared/protocol/routes.ts";
import type { Person } from "../../shared/protocol/role.ts";
import { AppError } from "../../shared/protocol/errors.ts";
import { type Caller, notSignedIn } from "./caller.ts";

/** What a request is about. `feedId` is null when it names no feed, or one that does not exist. */
export interface Scope {
  readonly agreementId: string;
  readonly feedId: string | null;
}

export type Decision = "allow" | 401 | 403 | 404;

/**
 * Whether a caller may do what a declaration guards; the one decision behind HTTP and sockets.
 *
 * @param scope what the request is about, whether or not it exists; null where a declaration names no agreement.
 * @returns 401 for nobody, 404 for whoever must not learn that the object exists, 403 for members without the role.
 */
export function decide(policy: Policy, caller: Caller, scope: Scope | null): Decision {
  if (policy.access === "public") return "allow";
  switch (caller.kind) {
    case "nobody":
      return 401;
    case "person":
      return decideForPerson(policy, caller.person, scope);
    case "key":
      return decideForKey(policy, caller.key, scope);
  }
}

function decideForPerson(policy: Exclude<Policy, { access: "public" }>, person: Person, scope: Scope | null): Decision {
  // Whose a group is, its handler asks of every feed in it.
  if (policy.access === "signed-in" || policy.access === "group") return "allow";
  if (person.administrator) return "allow";
  if (policy.access === "administrator") return 403;
  const membership = person.memberships.find((one) => one.agreementId === scope?.agreementId);
  if (membership === undefined) return 404;
  return policy.roles.includes(membership.role) ? "allow" : 403;
}

function decideForKey(
  policy: Exclude<Policy, { access: "public" }>,
  key: { readonly agreementId: string; readonly feeds: readonly string[] },
  scope: Scope | null,
): Decision {
  if (policy.access === "group") return "allow";
  if (policy.access !== "member") return 403;
  if (scope?.agreementId !== key.agreementId) return 404;
  if (policy.key !== true) return 403;
  return scope.feedId !== null && key.feeds.includes(scope.feedId) ? "allow" : 404;
}

/** @throws AppError for every decision but "allow". */
export function enforce(decision: Decision): void {
  switch (decision) {
    case "allow":
      return;
    case 401:
      throw notSignedIn();
    case 403:
      throw new AppError("not-allowed", "Your role does not allow this.", "Ask an administrator of the workspace for the role.");
    case 404:
      throw notFound();
  }
}

/** The one answer for what does not exist and for what is not yours; the two must not be told apart. */
export function notFound(): AppError {
  return new AppError("not-found", "There is nothing here, or it is not yours to see.", "Check the address and who you are signed in as.");
}
