import { memo, useMemo } from "react";
import { dayChart } from "../../live/day-chart.ts";
import { chartWords, dayFinding, dayName, dayTitle } from "../../live/day-finding.ts";
import { DayFigure } from "../../ui/charts/day-figure.tsx";
import { Empty } from "../../ui/panel-state.tsx";
import { type Board, type BoardRow, type BoardState, worstCharted } from "./board-rows.ts";

interface TodayPanelProps {
  readonly boards: readonly Board[];
  readonly nowMs: number;
}

/** Today's intervals of the target that needs a look the most. */
export const TodayPanel = memo(function TodayPanel({ boards, nowMs }: TodayPanelProps) {
  const worst = worstCharted(boards);
  if (worst === null) {
    return (
      <section aria-labelledby="today-empty">
        <h2 id="today-empty">Today</h2>
        <Empty>No target has intervals of today yet. They appear with the first file or the first contacts of the day.</Empty>
      </section>
    );
  }
  return <TodayFigure state={worst.state} row={worst.row} nowMs={nowMs} />;
});

function TodayFigure({
  state,
  row,
  nowMs,
}: {
  readonly state: BoardState;
  readonly row: BoardRow;
  readonly nowMs: number;
}): React.JSX.Element | null {
  const series = state.series.get(row.target.id);
  const { target, verdict } = row;
  const chart = useMemo(
    () => (series === undefined || verdict === null ? null : dayChart(series, target, verdict)),
    [series, target, verdict],
  );
  if (chart === null || series === undefined) return null;
  return (
    <DayFigure
      title={`${dayTitle(series, nowMs)}, ${state.agreement.name}`}
      about={row.target.name}
      says={dayFinding(chart, series, row.target, row.today)}
      data={chart.data}
      rows={chart.rows}
      words={chartWords(row.target)}
      zone={state.agreement.timeZone}
      nowMs={nowMs}
      lineName={dayName(series, nowMs)}
    />
  );
}
