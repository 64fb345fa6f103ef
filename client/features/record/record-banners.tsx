import { useEffect, useState } from "react";
import type { ConsistencyFinding } from "../../../shared/ledger/check-consistency.ts";
import { type AgreementCard, useConnection, useLive } from "../../live/live-context.ts";
import { Banner } from "../../ui/banner.tsx";
import { checkRecord } from "./check-record.ts";
import { readKnown } from "./known-checkpoint.ts";

/** Each time the line stands, every record must prove that it only grew since this browser saw it last. */
export function RecordBanners(): React.JSX.Element {
  const { cards } = useLive();
  const connection = useConnection();
  return (
    <>
      {cards.map((card) => (
        <RecordBanner key={card.id} card={card} isLive={connection === "live"} />
      ))}
    </>
  );
}

function RecordBanner({ card, isLive }: { readonly card: AgreementCard; readonly isLive: boolean }): React.JSX.Element | null {
  const [finding, setFinding] = useState<ConsistencyFinding | null>(null);
  useEffect(() => {
    let isCurrent = true;
    // A question that could not be asked is asked again when the line stands again.
    if (isLive)
      checkRecord(card.id).then(
        (found) => isCurrent && setFinding(found),
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [card.id, isLive]);
  if (finding === null || finding.kind === "consistent") return null;
  const isRewritten = finding.kind === "rewritten";
  return (
    <Banner tone={isRewritten ? "down" : "late"} label="Record" action={<SaveProof agreementId={card.id} />}>
      <b>{isRewritten ? `The record of ${card.name} was rewritten.` : `The record of ${card.name} could not be proven.`}</b> {finding.why}{" "}
      {isRewritten
        ? "Do not settle on it: save the proof, give it to both sides, and check a downloaded record against it."
        : "Save the checkpoint and ask the operator why."}
    </Banner>
  );
}

function SaveProof({ agreementId }: { readonly agreementId: string }): React.JSX.Element | null {
  const known = readKnown(agreementId);
  if (known === null) return null;
  return (
    <a
      className="btn link"
      download={`${agreementId}-checkpoint.txt`}
      href={`data:text/plain;charset=utf-8,${encodeURIComponent(known.checkpoint)}`}
    >
      Save the proof
    </a>
  );
}
