import type { Person } from "../../shared/protocol/role.ts";
import { AppError } from "../../shared/protocol/errors.ts";

/** Who is asking. A key stands for a machine that may use some feeds of one agreement. */
export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "person"; readonly person: Person; readonly sessionHash: string }
  | {
      readonly kind: "key";
      readonly key: { readonly id: string; readonly name: string; readonly agreementId: string; readonly feeds: readonly string[] };
    };

export const NOBODY: Caller = { kind: "nobody" };

/** The name under which an act is recorded and shown to both parties. */
export function actorOf(caller: Caller): string {
  switch (caller.kind) {
    case "nobody":
      return "nobody";
    case "person":
      return caller.person.name;
    case "key":
      return `API key ${caller.key.name}`;
  }
}

/** The caller as logs may know it: an id, never a name or an address. */
export function callerId(caller: Caller): string {
  switch (caller.kind) {
    case "nobody":
      return "nobody";
    case "person":
      return `person:${caller.person.id}`;
    case "key":
      return `key:${caller.key.id}`;
  }
}

/** @throws AppError not-signed-in when the caller is no person. */
export function personOf(caller: Caller): Person {
  if (caller.kind === "person") return caller.person;
  throw notSignedIn();
}

export function notSignedIn(): AppError {
  return new AppError("not-signed-in", "You are not signed in, or your session has ended.", "Sign in, or send a valid API key.");
}
