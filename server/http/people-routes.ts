import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { AppError } from "../../shared/protocol/errors.ts";
import type { Membership } from "../../shared/protocol/role.ts";
import { listAgreements } from "../../shared/store/agreements.ts";
import { addPerson, canonicalEmail, changePerson, listPeople } from "../../shared/store/people.ts";
import { signOutEverywhere } from "../../shared/store/sessions.ts";
import { hashPassword, refuseCommonPassword } from "../access/password.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

async function refuseUnknownAgreements(redis: Redis, memberships: readonly Membership[]): Promise<void> {
  const known = new Set(await listAgreements(redis));
  const unknown = memberships.map(({ agreementId }) => agreementId).filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw new AppError("bad-request", `There is no agreement ${unknown.join(", ")}.`, "Add the agreement first, or correct its id.");
}

/** People of the workspace, for the administrator. */
export function peopleRoutes({ redis }: ServerParts): Pick<Handlers, "people" | "addPerson" | "changePerson"> {
  return {
    people: () => listPeople(redis),
    async addPerson({ body, response }) {
      refuseCommonPassword(body.password);
      await refuseUnknownAgreements(redis, body.memberships);
      const { email, name, administrator, memberships } = body;
      const person = { id: randomUUID(), email: canonicalEmail(email), name, administrator, memberships };
      await addPerson(redis, { ...person, password: await hashPassword(body.password) });
      response.status(201);
      return person;
    },
    async changePerson({ params: { personId }, body: { memberships, password } }) {
      if (memberships !== undefined) await refuseUnknownAgreements(redis, memberships);
      if (password !== undefined) refuseCommonPassword(password);
      const stored = password === undefined ? undefined : await hashPassword(password);
      const person = await changePerson(redis, personId, { memberships, password: stored });
      if (stored !== undefined) await signOutEverywhere(redis, personId);
      return person;
    },
  };
}
