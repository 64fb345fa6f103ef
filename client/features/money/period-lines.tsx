import { Link } from "react-router";
import { formatFigure, formatLevel } from "../../../shared/metrics/format.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import { amountWords } from "../../live/amount-words.ts";
import type { PeriodSettlement, SettlementLine } from "../../../shared/settlement/settlement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { paths } from "../../live/paths.ts";
import { stakeAt } from "../../live/stake.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { Status } from "../../ui/status/status.tsx";

interface PeriodLinesProps {
  readonly state: AgreementState;
  readonly period: PeriodSettlement;
  readonly currency: string;
}

/** What each target of a period costs or earns, with the steps of the sum. */
export function PeriodLines({ state, period, currency }: PeriodLinesProps): React.JSX.Element {
  const { id, targets } = state.agreement;
  if (period.lines.length === 0) return <p className="mid">No target carries money in this period.</p>;
  return (
    <ul className="period-lines">
      {period.lines.map((line) => {
        const target = targets.find((each) => each.id === line.targetId);
        return (
          <li key={line.targetId}>
            <p className="line-what">
              {target === undefined ? line.name : <Link to={paths.target(id, target.id)}>{line.name}</Link>}{" "}
              <Status kind={wordsOf(line.status).mark}>{wordsOf(line.status).word}</Status>{" "}
              {target !== undefined && <span className="mid">{figureWords(line, target)}</span>}
            </p>
            <p className="line-sum">
              <b>{period.open ? openWords(lineStake(state, period, line), line, currency) : sumWords(line, currency)}</b>{" "}
              <span className="mid">{restWords(line, currency)}</span>
            </p>
            <details>
              <summary>
                How it is computed<span className="sr">, {line.name}</span>
              </summary>
              {line.trace.map((step, index) => (
                <p key={`${index} ${step}`}>{step}</p>
              ))}
            </details>
          </li>
        );
      })}
    </ul>
  );
}

const DEFAULTS = {
  expected: "beyond the expected level",
  minimum: "beyond the minimum level",
  "not-measured": "not measured, which counts as a miss",
} as const;

function figureWords(line: SettlementLine, { unit, direction }: TargetView): string {
  const { value, expected } = line;
  const figure = formatFigure({ value, unit, direction, expected });
  const against = `against ${formatLevel(expected, unit)}`;
  const beyond = line.default === null ? "" : `, ${DEFAULTS[line.default]}`;
  return figure === "—" ? beyond.slice(2) : `${figure} ${against}${beyond}`;
}

function sumWords({ credit, capped, bonus }: SettlementLine, currency: string): string {
  if (bonus > 0) return `${amountWords(bonus, currency)} bonus`;
  return credit === 0 ? "no credit" : `${amountWords(credit - capped, currency)} credit`;
}

/** What the line of an open period would cost if it ended as it stands. */
function lineStake(state: AgreementState, period: PeriodSettlement, { targetId }: SettlementLine): number | null {
  const verdict = [...state.verdicts.values()].find(
    (each) => each.targetId === targetId && each.window.open && each.window.fromMs === period.fromMs && each.window.toMs === period.toMs,
  );
  return verdict === undefined ? null : stakeAt(state, verdict, verdict.value);
}

function openWords(stake: number | null, { status }: SettlementLine, currency: string): string {
  // With too few days for an outlook only the steps of the sum say the price.
  if (stake === null) return status === "at-risk" || status === "missed" ? "at stake, see how it is computed" : "no credit as it stands";
  return stake === 0 ? "no credit as it stands" : `${amountWords(stake, currency)} at stake`;
}

function restWords({ credit, capped, earnedBack, points, ifAllAccepted }: SettlementLine, currency: string): string {
  const parts = [
    capped === 0 ? "" : `${amountWords(credit, currency)} before the limits`,
    earnedBack === 0 ? "" : `${amountWords(earnedBack, currency)} earned back`,
    points === 0 ? "" : `${points} points`,
    ifAllAccepted === null
      ? ""
      : `${ifAllAccepted === credit ? "the same" : amountWords(ifAllAccepted, currency)} if every open claim were accepted`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `(${parts.join("; ")})`;
}
