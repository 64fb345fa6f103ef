import { Link } from "react-router";
import type { VersionView } from "../../../shared/protocol/version.ts";
import type { Party } from "../../../shared/settlement/party.ts";
import { paths } from "../../live/paths.ts";
import { dateWords, listWords } from "./clause-words.ts";
import { partyName, unsignedBy } from "./version-words.ts";

interface WaitingNoteProps {
  readonly agreementId: string;
  readonly version: VersionView;
  readonly mine: Party | null;
}

/** Says above the agreement that a version waits, loudest to the side it waits for. */
export function WaitingNote({ agreementId, version, mine }: WaitingNoteProps): React.JSX.Element {
  const waiting = unsignedBy(version);
  const isMine = mine !== null && waiting.includes(mine);
  const { proposedBy, agreement } = version;
  const says = isMine
    ? `Version ${version.version} waits for your signature.`
    : version.state === "signed"
      ? `Version ${version.version} is signed by both sides and is being prepared.`
      : `Version ${version.version} waits for ${listWords(waiting.map((party) => partyName(version, party)))} to sign.`;
  return (
    <section className={isMine ? "waiting mine" : "waiting"} aria-label={`Version ${version.version}`}>
      <p>
        <b>{says}</b> {proposedBy.name} of {partyName(version, proposedBy.party)} proposed it, to apply from{" "}
        {dateWords(agreement.effectiveFrom)}.
      </p>
      <Link className={isMine ? "btn main" : "btn"} to={paths.version(agreementId, version.version)}>
        {isMine ? "Review and sign" : "Look at it"}
      </Link>
    </section>
  );
}
