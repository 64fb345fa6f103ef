import { Link, useParams } from "react-router";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useAgreement, useLive, useLiveView } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { progressWords } from "../../live/window-words.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { currentVerdict, rowVerdict } from "../../live/windows.ts";
import { Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { Chip } from "../../ui/status/status.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { DayStrip } from "./day-strip.tsx";
import { targetFinding } from "./finding.ts";
import { FormulaSwitch } from "./formula-switch.tsx";
import { MemberLinks } from "./member-links.tsx";
import { OtherWindows } from "./other-windows.tsx";
import { OutlookPanel } from "./outlook-panel.tsx";
import { Provenance } from "./provenance.tsx";
import { ThreeNumbers } from "./three-numbers.tsx";
import { TodayIntervals } from "./today-intervals.tsx";
import "./target.css";
import "./target-panels.css";

/** One target: the finding, the figures it rests on, today's intervals, the last days, and where it all comes from. */
export function TargetPage(): React.JSX.Element {
  const { agreementId = "", targetId = "" } = useParams();
  const { cards } = useLive();
  const state = useAgreement(agreementId);
  const failure = useLiveView().failures.get(agreementId);
  if (!cards.some((card) => card.id === agreementId)) return <Missing />;
  if (state === null && failure !== undefined) return <Failed message={failure.message} remedy={failure.remedy} />;
  if (state === null) return <Loading what="the target" />;
  const target = state.agreement.targets.find((each) => each.id === targetId);
  return target === undefined ? <Missing /> : <TargetDetail state={state} target={target} />;
}

function Missing(): React.JSX.Element {
  return (
    <>
      <h1>There is no such target</h1>
      <NotPermitted>
        It may have left the agreement, or it belongs to an agreement you are not part of. <Link to={paths.board()}>Go to the board</Link>
      </NotPermitted>
    </>
  );
}

function TargetDetail({ state, target }: { readonly state: AgreementState; readonly target: TargetView }): React.JSX.Element {
  const nowMs = useNowMinute();
  const { agreement } = state;
  const verdict = rowVerdict(state, target.id);
  const today = currentVerdict(state, target.id, "day");
  const finding = targetFinding(target.name, verdict);
  return (
    <>
      <title>{`${target.name} · ${agreement.name} · Accord`}</title>
      <nav className="crumb" aria-label="Where this is">
        <Link to={paths.board()}>Board</Link> / <Link to={paths.agreement(agreement.id)}>{agreement.name}</Link> / {target.name}
      </nav>
      <div className="head">
        <h1>{finding}</h1>
        {verdict !== null && <Chip kind={wordsOf(verdict.status).mark}>{wordsOf(verdict.status).word}</Chip>}
      </div>
      {verdict === null ? (
        <p className="mid lede">No feed has answered this target yet. It reads the feed {target.feed}.</p>
      ) : (
        <p className="mid lede">
          {progressWords(verdict, agreement.timeZone, nowMs)}. {verdict.reason}
          {verdict.asOfMs === null ? "" : ` Data complete to ${bothClocks(agreement.timeZone, verdict.asOfMs, nowMs)}.`}
        </p>
      )}
      <p className="small">
        <Link to={paths.drift(agreement.id, target.id)}>Drift: whether it moves before it is missed</Link>
      </p>
      <MemberLinks state={state} target={target} />
      <div className="split">
        <div>
          {verdict !== null && <ThreeNumbers state={state} target={target} verdict={verdict} />}
          {verdict !== null && <OutlookPanel state={state} target={target} verdict={verdict} nowMs={nowMs} />}
          <TodayIntervals state={state} target={target} verdict={verdict} today={today} nowMs={nowMs} />
          <DayStrip state={state} target={target} nowMs={nowMs} />
          {verdict !== null && <OtherWindows state={state} verdict={verdict} />}
          <FormulaSwitch key={target.id} state={state} target={target} nowMs={nowMs} />
        </div>
        {verdict === null ? <div /> : <Provenance state={state} target={target} verdict={verdict} nowMs={nowMs} />}
      </div>
    </>
  );
}
