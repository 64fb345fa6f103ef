import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { AppError } from "../../shared/protocol/errors.ts";
import type { Membership } from "../../shared/protocol/role.ts";
import { listAgreements } from "../../shared/store/agreements.ts";
import { addPerson, canonicalEmail, listPeople, readPerson, setMemberships, withoutPassword } from "../../shared/store/people.ts";
import { hashPassword, refuseCommonPassword } from "../access/password.ts";
import { notFound } from "../access/decide.ts";
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
    async changePerson({ params: { personId }, body }) {
      await refuseUnknownAgreements(redis, body.memberships);
      await setMemberships(redis, personId, body.memberships);
      const changed = await readPerson(redis, personId);
      if (changed === null) throw notFound();
      return withoutPassword(changed);
    },
  };
}
