import type { VerdictStatus } from "../../../shared/agreement/verdict.ts";
import { formatCount, formatExpected, formatFigure } from "../../../shared/metrics/format.ts";
import { amountWords } from "../../live/amount-words.ts";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { touchesTarget } from "../../live/claim-words.ts";
import { useSettlement } from "../../live/use-settlement.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { verdictWindowName } from "../../live/window-words.ts";
import { Status } from "../../ui/status/status.tsx";
import { TableHead } from "../../ui/table-head.tsx";
import { type Outcome, outcomesOf, pricedOutcomes } from "./outcomes.ts";

interface ClaimOutcomesProps {
  readonly state: AgreementState;
  readonly claim: ExclusionClaim;
}

/** Both outcomes of an undecided claim: each window as it stands and as it would be, and what that costs. */
export function ClaimOutcomes({ state, claim }: ClaimOutcomesProps): React.JSX.Element | null {
  if (claim.state !== "claimed") return null;
  const outcomes = outcomesOf(state, claim);
  const open = openBeside(state, outcomes);
  const ifWords = open <= 1 ? "If accepted" : `If all ${open} open claims are accepted`;
  return (
    <section aria-labelledby="outcomes">
      <h3 id="outcomes">What each decision does</h3>
      {outcomes.length === 0 && (
        <p className="mid">No verdict of this time is on the screen; the figure changes on the server all the same.</p>
      )}
      {outcomes.length > 0 && (
        <table className="t stack outcomes" role="table" aria-label="Both outcomes">
          <TableHead columns={["Target and window", "Agreed", "If rejected, as it stands", ifWords].map((name) => ({ name }))} />
          <tbody role="rowgroup">
            {outcomes.map((outcome) => (
              <OutcomeRow
                key={`${outcome.target.id} ${outcome.verdict.window.kind}`}
                outcome={outcome}
                zone={state.agreement.timeZone}
                ifWords={ifWords}
              />
            ))}
          </tbody>
        </table>
      )}
      <Money state={state} claim={claim} outcomes={outcomes} />
    </section>
  );
}

/** How many open claims the second outcome supposes to be accepted: those that touch the same windows. */
function openBeside(state: AgreementState, outcomes: readonly Outcome[]): number {
  const touches = (claim: ExclusionClaim) =>
    outcomes.some(
      ({ target, verdict: { window } }) =>
        touchesTarget(claim, target) && claim.window.fromMs < window.toMs && claim.window.toMs > window.fromMs,
    );
  return [...state.claims.values()].filter((claim) => claim.state === "claimed" && touches(claim)).length;
}

function OutcomeRow({
  outcome,
  zone,
  ifWords,
}: {
  readonly outcome: Outcome;
  readonly zone: string;
  readonly ifWords: string;
}): React.JSX.Element {
  const { target, verdict, accepted } = outcome;
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className="wide">
        {target.name} <small>{verdictWindowName(verdict, zone)}</small>
      </th>
      <td role="cell" data-l="Agreed">
        {formatExpected(verdict)}
      </td>
      <td role="cell" className="two" data-l="As it stands">
        <FigureAndStatus figure={formatFigure(verdict)} status={verdict.status} n={verdict.n} />
      </td>
      <td role="cell" data-l={ifWords} className="wide">
        {accepted === null ? (
          <span className="quiet">nothing changes</span>
        ) : (
          <FigureAndStatus figure={formatFigure({ ...verdict, value: accepted.value })} status={accepted.status} n={accepted.n} />
        )}
      </td>
    </tr>
  );
}

interface FigureAndStatusProps {
  readonly figure: string;
  readonly status: VerdictStatus;
  readonly n: number;
}

function FigureAndStatus({ figure, status, n }: FigureAndStatusProps): React.JSX.Element {
  const { mark, word } = wordsOf(status);
  return (
    <>
      <b>{figure}</b> <Status kind={mark}>{word}</Status>{" "}
      <small className="quiet">
        n{"\u00a0"}
        {formatCount(n)}
      </small>
    </>
  );
}

interface MoneyProps extends ClaimOutcomesProps {
  readonly outcomes: readonly Outcome[];
}

function Money({ state, claim, outcomes }: MoneyProps): React.JSX.Element | null {
  const { request } = useSettlement(state);
  if (request.state === "loading") return <p className="small quiet">Reading what it costs…</p>;
  if (request.state === "failed") return <p className="small quiet">What it costs could not be read: {request.error.message}</p>;
  const { settlement } = request.data;
  const { currency } = settlement;
  const priced = pricedOutcomes(state, settlement, { window: claim.window, outcomes });
  if (currency === null) return <p className="small mid">The agreement puts no price on it.</p>;
  const open = settlement.periods.find(
    ({ open: isOpen, fromMs, toMs }) => isOpen && fromMs < claim.window.toMs && toMs > claim.window.fromMs,
  );
  if (priced.length === 0 && open !== undefined && open.atStake > 0) {
    return (
      <p className="small mid">
        The open period has <b>{amountWords(open.atStake, currency)}</b> at stake as it stands.
      </p>
    );
  }
  if (priced.length === 0) return <p className="small mid">No credit depends on it.</p>;
  return (
    <ul className="small mid">
      {priced.map(({ key, name, rejected, accepted }) => (
        <li key={key}>
          Credit of {name}: <b>{amountWords(rejected, currency)}</b> as it stands, <b>{amountWords(accepted, currency)}</b> if accepted,
          before the limits of the period.
        </li>
      ))}
    </ul>
  );
}
