import { randomUUID } from "node:crypto";
import { AppError } from "../../shared/protocol/errors.ts";
import { listAgreements } from "../../shared/store/agreements.ts";
import { addPerson, canonicalEmail, listPeople } from "../../shared/store/people.ts";
import { hashPassword, refuseCommonPassword } from "../access/password.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

/** People of the workspace, for the administrator. */
export function peopleRoutes({ redis }: ServerParts): Pick<Handlers, "people" | "addPerson"> {
  return {
    people: () => listPeople(redis),
    async addPerson({ body, response }) {
      refuseCommonPassword(body.password);
      const known = new Set(await listAgreements(redis));
      const unknown = body.memberships.map(({ agreementId }) => agreementId).filter((id) => !known.has(id));
      if (unknown.length > 0) {
        throw new AppError("bad-request", `There is no agreement ${unknown.join(", ")}.`, "Add the agreement first, or correct its id.");
      }
      const { email, name, administrator, memberships } = body;
      const person = { id: randomUUID(), email: canonicalEmail(email), name, administrator, memberships };
      await addPerson(redis, { ...person, password: await hashPassword(body.password) });
      response.status(201);
      return person;
    },
  };
}
