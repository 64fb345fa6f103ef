import { useMemo } from "react";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { dayChart } from "../../live/day-chart.ts";
import { chartWords, dayFinding, dayName, dayTitle } from "../../live/day-finding.ts";
import { DayFigure } from "../../ui/charts/day-figure.tsx";
import { Empty } from "../../ui/panel-state.tsx";

interface TodayIntervalsProps {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly verdict: Verdict | null;
  readonly today: Verdict | null;
  readonly nowMs: number;
}

export function TodayIntervals({ state, target, verdict, today, nowMs }: TodayIntervalsProps): React.JSX.Element {
  const series = state.series.get(target.id);
  const chart = useMemo(
    () => (series === undefined || verdict === null ? null : dayChart(series, target, verdict)),
    [series, target, verdict],
  );
  if (chart === null || series === undefined || chart.counted === 0) {
    return (
      <section className="block" aria-labelledby="today-none">
        <div className="head">
          <h2 id="today-none">Today's intervals</h2>
        </div>
        <Empty>
          {verdict?.status === "not-derivable"
            ? verdict.reason
            : "No interval of today has data yet. It appears with the next file of the feed."}
        </Empty>
      </section>
    );
  }
  return (
    <div className="block">
      <DayFigure
        title={`${dayTitle(series, nowMs)} by interval`}
        says={dayFinding(chart, series, target, today)}
        data={chart.data}
        rows={chart.rows}
        words={chartWords(target)}
        zone={state.agreement.timeZone}
        nowMs={nowMs}
        lineName={dayName(series, nowMs)}
        tall
      />
    </div>
  );
}
