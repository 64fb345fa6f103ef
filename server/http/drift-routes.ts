import { driftClausesOf, isWatched } from "../../shared/agreement/alert-clauses.ts";
import { driftList } from "../../shared/drift/drift-line.ts";
import { unwatchedView } from "../../shared/drift/unwatched-view.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { readDriftLines, readDriftView } from "../../shared/store/drift.ts";
import { readQuestions } from "../../shared/store/questions.ts";
import { notFound } from "../access/decide.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

/** What watching the targets for drift says, as the workers have stored it. */
export function driftRoutes({ redis, clock }: ServerParts): Pick<Handlers, "driftList" | "driftView" | "questions"> {
  return {
    async driftList({ params: { agreementId } }) {
      const stored = await readAgreement(redis, agreementId, clock());
      if (stored === null) throw notFound();
      const lines = await readDriftLines(redis, agreementId);
      const known = stored.targets.flatMap(({ target: { id } }) => lines.get(id)?.line ?? []);
      return driftList(known, driftClausesOf(stored.agreement.alerts).toleratePerMonth);
    },
    async questions({ params: { agreementId } }) {
      if ((await readAgreement(redis, agreementId, clock())) === null) throw notFound();
      return { questions: await readQuestions(redis, agreementId) };
    },
    async driftView({ params: { agreementId, targetId } }) {
      const nowMs = clock();
      const stored = await readAgreement(redis, agreementId, nowMs);
      const compiled = stored?.targets.find(({ target }) => target.id === targetId);
      if (stored === null || compiled === undefined) throw notFound();
      const { version, alerts } = stored.agreement;
      const about = { version, atMs: nowMs };
      if (!isWatched(alerts, { id: targetId, base: compiled.base }))
        return unwatchedView(compiled, { ...about, state: "unusable", why: "The agreement does not have it watched." });
      const view = await readDriftView(redis, agreementId, targetId);
      return view ?? unwatchedView(compiled, { ...about, state: "learning", why: "Nothing has been worked out yet." });
    },
  };
}
