import { useCallback, useMemo } from "react";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { Alert } from "../../../shared/alerts/alert.ts";
import type { DaySeries, TargetView } from "../../../shared/protocol/live.ts";
import { ROUTES } from "../../../shared/protocol/routes.ts";
import { call } from "../../live/api.ts";
import { dayChart } from "../../live/day-chart.ts";
import { chartWords, dayFinding, dayName } from "../../live/day-finding.ts";
import { useRequest } from "../../live/use-request.ts";
import { DayFigure } from "../../ui/charts/day-figure.tsx";
import { Failed, Loading } from "../../ui/panel-state.tsx";
import { onsetOf } from "./evidence-day.ts";

interface DayEvidenceProps {
  readonly alert: Alert;
  readonly target: TargetView;
  /** What was agreed of the day. */
  readonly agreed: Verdict;
  /** What the day was judged to be, if it was. */
  readonly judged: Verdict | null;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** The intervals of one day with the moment the alert was raised, where that lies in it. */
export function DayEvidence({ series, alert, target, agreed, judged, timeZone, nowMs }: DayEvidenceProps & { readonly series: DaySeries }) {
  const chart = useMemo(() => dayChart(series, target, agreed), [series, target, agreed]);
  const onset = useMemo(() => onsetOf(alert), [alert]);
  const name = dayName(series, nowMs);
  if (chart.counted === 0) return <p className="mid">No interval of {name} has data.</p>;
  return (
    <DayFigure
      title={`${target.name}, ${name}`}
      says={dayFinding(chart, series, target, judged)}
      data={chart.data}
      rows={chart.rows}
      words={chartWords(target)}
      zone={timeZone}
      nowMs={nowMs}
      lineName={name}
      mark={onset.atMs >= series.fromMs && onset.atMs < series.toMs ? onset : undefined}
    />
  );
}

interface Read {
  readonly path: string;
  readonly series: Promise<DaySeries>;
}

/** Read once for each state of an alert: corrected figures change the alert, too. */
const known = new WeakMap<Alert, Read>();

async function readDay(alert: Alert, path: string): Promise<DaySeries> {
  const before = known.get(alert);
  if (before?.path === path) return await before.series;
  const read = { path, series: call({ path, answer: ROUTES.series.response }) };
  known.set(alert, read);
  read.series.catch(() => known.delete(alert));
  return await read.series;
}

/** The same of a day that the live state does not hold. */
export function OtherDayEvidence(props: DayEvidenceProps & { readonly day: string }): React.JSX.Element {
  const { alert, target, day } = props;
  const path = `/api/v1/agreements/${encodeURIComponent(alert.agreementId)}/targets/${encodeURIComponent(target.id)}/series?day=${day}`;
  const read = useCallback(async () => await readDay(alert, path), [alert, path]);
  const { request, again } = useRequest(read);
  if (request.state === "loading") return <Loading what="the day" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  return <DayEvidence {...props} series={request.data} />;
}
