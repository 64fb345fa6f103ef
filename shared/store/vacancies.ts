import type { Redis } from "ioredis";
import { DutyRole } from "../agreement/alert-clauses.ts";
import { listAgreements } from "./agreements.ts";
import { agreementKeys } from "./keys.ts";
import { listPeople } from "./people.ts";

/**
 * Notes beside each agreement which roles nobody has in it, so that whoever reads the agreement knows without reading people.
 * It is the truth of a moment, made again at any time; twice at once changes nothing.
 */
export async function noteVacancies(redis: Redis): Promise<void> {
  const [people, agreements] = await Promise.all([listPeople(redis), listAgreements(redis)]);
  const memberships = people.flatMap((person) => person.memberships);
  for (const agreementId of agreements) {
    const roles = new Set(memberships.filter((one) => one.agreementId === agreementId).map(({ role }) => role));
    const vacant = DutyRole.options.filter((role) => !roles.has(role)).join(",");
    const { doc } = agreementKeys(agreementId);
    if ((await redis.hget(doc, "vacant")) !== vacant) await redis.hset(doc, "vacant", vacant);
  }
}
