import type { Agreement } from "../../shared/agreement/agreement.ts";
import type { Role } from "../../shared/protocol/role.ts";
import { listAgreements, readAgreement, readListed } from "../../shared/store/agreements.ts";
import { putAgreement } from "../../shared/store/put-agreement.ts";
import { readDaySeries } from "../../shared/store/series.ts";
import { readSnapshot, readVerdicts } from "../../shared/store/snapshot.ts";
import { personOf } from "../access/caller.ts";
import { notFound } from "../access/decide.ts";
import { sightOf, snapshotSeen } from "../access/sight.ts";
import { partyActor } from "../access/party.ts";
import type { ServerParts } from "../parts.ts";
import { readAgreementFiles } from "./agreement-files.ts";
import type { Handlers } from "./route-types.ts";

type Names = "agreements" | "addAgreement" | "snapshot" | "verdicts" | "series";

function summary({ id, name, parties, timeZone }: Agreement, role: Role, inForce: boolean) {
  return { id, name, client: parties.client, provider: parties.provider, timeZone, role, inForce };
}

/** Agreements and their state. */
export function agreementRoutes({ redis, clock }: ServerParts): Pick<Handlers, Names> {
  return {
    async agreements({ caller }) {
      const { administrator, memberships } = personOf(caller);
      const roles = new Map(memberships.map(({ agreementId, role }): [string, Role] => [agreementId, role]));
      const ids = (await listAgreements(redis)).filter((id) => administrator || roles.has(id));
      const nowMs = clock();
      const listed = await Promise.all(ids.map((id) => readListed(redis, id, nowMs)));
      return listed.flatMap((one) =>
        one === null
          ? []
          : [summary(one.agreement, administrator ? "administrator" : (roles.get(one.agreement.id) ?? "provider"), !one.waits)],
      );
    },
    async addAgreement({ body, caller, response }) {
      const { agreement, feeds } = readAgreementFiles(body);
      const texts = { agreementText: body.agreement, feedTexts: body.feeds };
      const by = partyActor(caller, agreement.id);
      await putAgreement(redis, { agreement, feeds, ...texts, by, signedOnPaper: body.signedOnPaper ?? null, nowMs: clock() });
      response.status(201);
      return summary(agreement, "administrator", body.signedOnPaper !== undefined);
    },
    async snapshot({ params: { agreementId }, caller }) {
      const snapshot = await readSnapshot(redis, agreementId, clock());
      if (snapshot === null) throw notFound();
      return snapshotSeen(snapshot, sightOf(caller, agreementId));
    },
    async verdicts({ params: { agreementId } }) {
      if ((await readAgreement(redis, agreementId)) === null) throw notFound();
      return readVerdicts(redis, agreementId);
    },
    async series({ params: { agreementId, targetId }, query: { day } }) {
      const series = await readDaySeries(redis, { agreementId, targetId, day });
      if (series === null) throw notFound();
      return series;
    },
  };
}
