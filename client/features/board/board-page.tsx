import { useMemo } from "react";
import { Link } from "react-router";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useLive, useLiveView } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Empty, Failed, Loading } from "../../ui/panel-state.tsx";
import { zoneCity } from "../../ui/zone-time.ts";
import { AlertRail } from "./alert-rail.tsx";
import { type BoardGroup, boardRows } from "./board-rows.ts";
import { CorrectionsRail } from "./corrections-rail.tsx";
import { DecisionsWaiting } from "./decisions-waiting.tsx";
import { TargetTable } from "./target-table.tsx";
import { TodayPanel } from "./today-panel.tsx";
import { useBoardStates } from "./use-board-states.ts";
import { VerdictSentence } from "./verdict-sentence.tsx";

interface AgreementBoard {
  readonly state: AgreementState;
  readonly rows: readonly BoardGroup[];
}

/** Every agreement of the person: its verdict in one sentence, its targets worst first, today's chart and the alerts. */
export function BoardPage(): React.JSX.Element {
  const { cards, workspace, person } = useLive();
  const states = useBoardStates();
  const nowMs = useNowMinute();
  const boards = useMemo(() => states.map((state) => ({ state, rows: boardRows(state) })), [states]);
  return (
    <>
      <title>Board · Accord</title>
      <h1 className="sr">Board, {workspace}</h1>
      <Troubles />
      {cards.length === 0 && <NoAgreement canAdd={person.administrator} />}
      {cards.length > 0 && boards.length === 0 && <Loading what="the board" />}
      {boards.length > 0 && <Boards boards={boards} nowMs={nowMs} />}
    </>
  );
}

function Boards({ boards, nowMs }: { readonly boards: readonly AgreementBoard[]; readonly nowMs: number }): React.JSX.Element {
  return (
    <>
      <section className="verdicts" aria-label="Verdict in one sentence per agreement">
        {boards.map(({ state, rows }) => (
          <VerdictSentence key={state.agreement.id} state={state} rows={rows} nowMs={nowMs} />
        ))}
      </section>
      <div className="split">
        <div>
          {boards.map(({ state, rows }) => (
            <section key={state.agreement.id} aria-label={`${state.agreement.name} targets`}>
              <h2 className="group">
                {state.agreement.name} <small className="quiet">worst first, times in {zoneCity(state.agreement.timeZone)}</small>
              </h2>
              <TargetTable agreement={state.agreement} rows={rows} nowMs={nowMs} />
            </section>
          ))}
          <DecisionsWaiting states={boards.map((board) => board.state)} nowMs={nowMs} />
        </div>
        <div className="rail">
          <TodayPanel boards={boards} nowMs={nowMs} />
          <AlertRail states={boards.map((board) => board.state)} nowMs={nowMs} />
          <CorrectionsRail states={boards.map((board) => board.state)} nowMs={nowMs} />
        </div>
      </div>
    </>
  );
}

/** Agreements that cannot be watched, each with its reason; the others stay live beside them. */
function Troubles(): React.JSX.Element {
  const { cards } = useLive();
  const { failures } = useLiveView();
  return (
    <>
      {cards.flatMap((card) => {
        const error = failures.get(card.id);
        return error === undefined
          ? []
          : [<Failed key={card.id} message={`${card.name} could not be read: ${error.message}`} remedy={error.remedy} />];
      })}
    </>
  );
}

function NoAgreement({ canAdd }: { readonly canAdd: boolean }): React.JSX.Element {
  if (canAdd) {
    return (
      <Empty
        action={
          <Link className="btn main" to={paths.people()}>
            Add an agreement
          </Link>
        }
      >
        There is no agreement yet. Add one with its feeds, then its provider can hand in files.
      </Empty>
    );
  }
  return <Empty>You are not part of an agreement yet. Ask your administrator to add you to one.</Empty>;
}
