import { Link, Navigate } from "react-router";
import { claimsFor } from "../../live/claim-words.ts";
import { countWords } from "../../live/count-words.ts";
import { useAgreement, useLive } from "../../live/live-context.ts";
import type { AgreementCard } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { sideOf } from "../../live/side.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { TableHead } from "../../ui/table-head.tsx";
import { dateWords, listWords } from "./clause-words.ts";

/** Every agreement of the reader; who has only one is led to it. */
export function AgreementsPage(): React.JSX.Element {
  const { cards, person } = useLive();
  const [only, second] = cards;
  if (only !== undefined && second === undefined) return <Navigate to={paths.agreement(only.id)} replace />;
  return (
    <>
      <title>Agreements · Accord</title>
      <h1>{cards.length === 0 ? "You are part of no agreement yet" : `You are part of ${countWords(cards.length, "agreement")}`}</h1>
      {cards.length === 0 ? (
        <Empty action={person.administrator ? <Link to={paths.people()}>Add an agreement</Link> : undefined}>
          {person.administrator ? "Put the first agreement in force from its file." : "The administrator gives you a part in one."}
        </Empty>
      ) : (
        <table className="t stack block first openable" role="table" aria-label="Agreements">
          <TableHead columns={["Agreement", "Between", "In force", "Waits"].map((name) => ({ name }))} />
          <tbody role="rowgroup">
            {cards.map((card) => (
              <AgreementRow key={card.id} card={card} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function AgreementRow({ card }: { readonly card: AgreementCard }): React.JSX.Element {
  const state = useAgreement(card.id);
  const pending = state?.pendingVersions ?? [];
  const claims = state === null ? 0 : claimsFor(state.claims.values(), sideOf(card.role).party).length;
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className="wide">
        <Link className="opens-row" to={paths.agreement(card.id)}>
          {card.name}
        </Link>
      </th>
      <td role="cell" className="wide" data-l="Between">
        {card.client} and {card.provider}
      </td>
      <td role="cell" className="two" data-l="In force">
        {!card.inForce && <Link to={paths.versions(card.id)}>The first version waits</Link>}
        {state !== null && `Version ${state.agreement.version} since ${dateWords(state.agreement.effectiveFrom)}`}
      </td>
      <td role="cell" className="wide" data-l="Waits">
        {pending.length === 0 && claims === 0 && <span className="quiet">nothing</span>}
        {pending.length > 0 && (
          <Link to={paths.versions(card.id)}>
            {listWords(
              pending.map(({ version, state: at }) => `version ${version}${at === "signed" ? ", being prepared" : " for signatures"}`),
            )}
          </Link>
        )}
        {pending.length > 0 && claims > 0 && ", "}
        {claims > 0 && <Link to={paths.claims(card.id)}>{countWords(claims, "claim")} for a decision</Link>}
      </td>
    </tr>
  );
}
