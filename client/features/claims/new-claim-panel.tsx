import { useCallback } from "react";
import { z } from "zod";
import type { ExclusionRules } from "../../../shared/agreement/money-clauses.ts";
import { VersionView } from "../../../shared/protocol/version.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";
import { Empty, Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { NewClaimForm } from "./new-claim-form.tsx";

interface NewClaimPanelProps {
  readonly state: AgreementState;
  readonly mayAct: boolean;
}

/** The form of a new claim, under the rules of the version in force. */
export function NewClaimPanel({ state, mayAct }: NewClaimPanelProps): React.JSX.Element {
  return (
    <section className="claim" aria-labelledby="new-claim">
      <h2 id="new-claim" className="claim-title">
        Ask that time be left out
      </h2>
      {mayAct ? <Ruled state={state} /> : <NotPermitted>A QA lead sees claims and makes none.</NotPermitted>}
    </section>
  );
}

function rulesOf(versions: readonly VersionView[], version: number): ExclusionRules | undefined {
  return versions.find((each) => each.version === version)?.agreement.exclusions;
}

function Ruled({ state }: { readonly state: AgreementState }): React.JSX.Element {
  const { id, version } = state.agreement;
  const read = useCallback(
    () => call({ path: `/api/v1/agreements/${encodeURIComponent(id)}/versions`, answer: z.array(VersionView) }),
    [id],
  );
  const { request, again } = useRequest(read);
  if (request.state === "loading") return <Loading what="the rules for claims" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  const rules = rulesOf(request.data, version);
  if (rules === undefined)
    return <Empty>Version {version} of the agreement leaves no time out: nothing can be claimed. A new version may say otherwise.</Empty>;
  return <NewClaimForm state={state} rules={rules} />;
}
