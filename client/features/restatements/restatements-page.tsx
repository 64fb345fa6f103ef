import { useCallback } from "react";
import { useParams } from "react-router";
import { z } from "zod";
import { formatCount } from "../../../shared/metrics/format.ts";
import { Restatement } from "../../../shared/protocol/restatement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useAgreement, useLiveView } from "../../live/live-context.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { useRequest } from "../../live/use-request.ts";
import { Empty, Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { RestatementCard } from "./restatement-card.tsx";
import { RestatementList } from "./restatement-list.tsx";
import "./restatements.css";

/** Corrections of what was known: the list, or one with everything that it changed. */
export function RestatementsPage(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const state = useAgreement(agreementId);
  const failure = useLiveView().failures.get(agreementId);
  if (state === null && failure !== undefined) return <Failed message={failure.message} remedy={failure.remedy} />;
  return state === null ? <Loading what="the corrections" /> : <Restatements state={state} />;
}

/** The latest are live; older ones are asked for, and again when a new one comes. */
function useAll({ agreement, restatements }: AgreementState) {
  const read = useCallback(
    async () => await call({ path: `/api/v1/agreements/${encodeURIComponent(agreement.id)}/restatements`, answer: z.array(Restatement) }),
    [agreement.id],
  );
  const { request, again } = useRequest(read);
  const older = request.state === "ready" ? request.data : [];
  const all = new Map([...older.map((card) => [card.receipt, card] as const), ...restatements]);
  return { cards: [...all.values()].toSorted((a, b) => b.receipt - a.receipt), request, again };
}

function Restatements({ state }: { readonly state: AgreementState }): React.JSX.Element {
  const { number } = useParams();
  const nowMs = useNowMinute();
  const { cards, request, again } = useAll(state);
  const { name } = state.agreement;
  const card = cards.find((each) => String(each.receipt) === number);
  if (card !== undefined) {
    return (
      <>
        <title>{`Correction by receipt ${card.receipt} · ${name} · Accord`}</title>
        <RestatementCard state={state} card={card} nowMs={nowMs} />
      </>
    );
  }
  if (request.state === "loading") return <Loading what="the corrections" />;
  if (number !== undefined && request.state === "ready") {
    return (
      <>
        <h1>There is no such correction</h1>
        <NotPermitted>Receipt {number} of this agreement replaced nothing that was known.</NotPermitted>
      </>
    );
  }
  return (
    <>
      <title>{`Corrections · ${name} · Accord`}</title>
      <h1>{listFinding(cards)}</h1>
      <p className="mid lede">
        A correction is a file that replaces values which were known. An interval that grows while it runs is none. Nothing is overwritten
        unseen: both sides see each card, and the record keeps its hash.
      </p>
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {cards.length === 0 ? (
        <Empty>No file has replaced a value that was known.</Empty>
      ) : (
        <RestatementList state={state} cards={cards} nowMs={nowMs} />
      )}
    </>
  );
}

function listFinding(cards: readonly Restatement[]): string {
  const turned = cards.filter(({ flipped }) => flipped > 0).length;
  if (cards.length === 0) return "No correction so far";
  const count = cards.length === 1 ? "1 correction" : `${formatCount(cards.length)} corrections`;
  return turned === 0 ? `${count}, none turned a closed verdict` : `${count}, ${formatCount(turned)} turned closed verdicts`;
}
