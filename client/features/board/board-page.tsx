import { useDeferredValue } from "react";
import { Link } from "react-router";
import { useLive, useLiveValue } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Empty, Failed, Loading } from "../../ui/panel-state.tsx";
import { zoneCity } from "../../ui/zone-time.ts";
import { AlertRail } from "./alert-rail.tsx";
import { CorrectionsRail } from "./corrections-rail.tsx";
import { DecisionsWaiting } from "./decisions-waiting.tsx";
import { TargetTable } from "./target-table.tsx";
import { TodayPanel } from "./today-panel.tsx";
import { useBoards } from "./use-boards.ts";
import { VerdictSentence } from "./verdict-sentence.tsx";

/** Every agreement of the person: its verdict in one sentence, its targets worst first, today's chart and the alerts. */
export function BoardPage(): React.JSX.Element {
  const { cards, workspace, person } = useLive();
  return (
    <>
      <title>Board · Accord</title>
      <h1 className="sr">Board, {workspace}</h1>
      <Troubles />
      {cards.length === 0 && <NoAgreement canAdd={person.administrator} />}
      {cards.length > 0 && <Boards />}
    </>
  );
}

/** A verdict, its sentence and its alert are drawn at once; the chart of the day and what waits beside them right after them. */
function Boards(): React.JSX.Element {
  const boards = useBoards();
  const later = useDeferredValue(boards);
  const nowMs = useNowMinute();
  if (boards.length === 0) return <Loading what="the board" />;
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
          <DecisionsWaiting boards={later} nowMs={nowMs} />
        </div>
        <div className="rail">
          <TodayPanel boards={later} nowMs={nowMs} />
          <AlertRail boards={boards} nowMs={nowMs} />
          <CorrectionsRail boards={later} nowMs={nowMs} />
        </div>
      </div>
    </>
  );
}

/** Agreements that cannot be watched, each with its reason; the others stay live beside them. */
function Troubles(): React.JSX.Element {
  const { cards } = useLive();
  const failures = useLiveValue((view) => view.failures);
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
