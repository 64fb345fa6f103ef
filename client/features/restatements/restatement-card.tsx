import { Link } from "react-router";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { Restatement } from "../../../shared/protocol/restatement.ts";
import { EVIDENCE_ALARM, leaningEvidence } from "../../../shared/stats/e-process.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { amountWords } from "../../live/amount-words.ts";
import { paths } from "../../live/paths.ts";
import { favourCountWords, favourWords, latenessWords, restatementFinding } from "../../live/restatement-words.ts";
import { bothClocks, stampIn } from "../../ui/zone-time.ts";
import { RestatedVerdicts } from "./restated-verdicts.tsx";
import { RestatementValues } from "./restatement-values.tsx";
import "../../ui/figures.css";

interface RestatementCardProps {
  readonly state: AgreementState;
  readonly card: Restatement;
  readonly nowMs: number;
}

/** One correction: who changed what, from what, to what, how late, and what is judged otherwise since. */
export function RestatementCard({ state, card, nowMs }: RestatementCardProps): React.JSX.Element {
  const { id, timeZone } = state.agreement;
  const feed = [...state.feeds.values()].find((each) => each.feed === card.feed)?.name ?? card.feed;
  return (
    <article aria-labelledby="card-title">
      <p className="small">
        <Link to={paths.restatements(id)}>All corrections</Link>
      </p>
      <h1 id="card-title">{restatementFinding(card)}</h1>
      <p className="mid lede">
        {card.by} handed in <Link to={paths.receipt(id, card.receiptId)}>{card.filename}</Link> for {feed},{" "}
        {bothClocks(timeZone, card.acceptedAtMs, nowMs)}, {latenessWords(card)}.
      </p>
      <Facts card={card} timeZone={timeZone} nowMs={nowMs} />
      <RestatedVerdicts state={state} card={card} />
      <RestatementValues card={card} timeZone={timeZone} nowMs={nowMs} />
      <section className="block" aria-labelledby="leaning">
        <div className="head">
          <h2 id="leaning">{favourCountWords(card.favours)}</h2>
        </div>
        <p className="mid">{evidenceWords(card)}</p>
        <p className="small quiet sha">
          The record keeps the SHA-256 of this card: <code>{card.sha256}</code>
        </p>
      </section>
    </article>
  );
}

function evidenceWords({ favours: { provider, client } }: Restatement): string {
  const evidence = leaningEvidence({ lean: provider, other: client });
  const shown = evidence < 10 ? evidence.toFixed(1) : formatCount(Math.min(Math.round(evidence), 1_000_000));
  return `Evidence that they lean to the provider: ${shown}. Both sides are alerted from ${EVIDENCE_ALARM} on; of feeds whose corrections lean to nobody, at most 1 in ${EVIDENCE_ALARM} would ever come so far.`;
}

function changedWords({ withdrawn }: Restatement): string {
  const changed = "known before, another value now";
  return withdrawn === undefined ? changed : `${changed}; ${formatCount(withdrawn)} of them withdrawn`;
}

function Facts({ card, timeZone, nowMs }: Omit<RestatementCardProps, "state"> & { readonly timeZone: string }): React.JSX.Element {
  const { credit } = card;
  const facts = [
    { name: "Rows changed", value: formatCount(card.rows), why: changedWords(card) },
    {
      name: "Reaches back to",
      value: stampIn(timeZone, card.firstMs, nowMs),
      why: `and up to ${stampIn(timeZone, card.lastMs, nowMs)}`,
    },
    { name: "Closed verdicts turned", value: formatCount(card.flipped), why: `of ${formatCount(card.verdictsChanged)} that moved` },
    ...(credit === null
      ? []
      : [
          {
            name: "Credits of closed periods",
            value: amountWords(credit.new, credit.currency),
            why: credit.new === credit.old ? "as before" : `${amountWords(credit.old, credit.currency)} before`,
          },
        ]),
    { name: "Moved", value: favourWords(card.favour), why: "each target has one vote" },
  ];
  return (
    <dl className="figures" aria-label="In short">
      {facts.map(({ name, value, why }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd className="why">{why}</dd>
        </div>
      ))}
    </dl>
  );
}
