import { useCallback } from "react";
import { z } from "zod";
import type { VolumeBand } from "../../../shared/agreement/agreement.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { Forecast } from "../../../shared/protocol/claims.ts";
import { VersionView } from "../../../shared/protocol/version.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useRole } from "../../live/live-context.ts";
import { sideOf } from "../../live/side.ts";
import { useRequest } from "../../live/use-request.ts";
import { Empty, Failed } from "../../ui/panel-state.tsx";
import { bothClocks, monthWords } from "../../ui/zone-time.ts";
import { ForecastForm } from "./forecast-form.tsx";

interface ForecastPanelProps {
  readonly state: AgreementState;
  readonly nowMs: number;
}

interface Known {
  /** What the version in force says about volume, if anything. */
  readonly volume: VolumeBand | undefined;
  readonly forecasts: readonly Forecast[];
}

async function readKnown(agreementId: string, version: number): Promise<Known> {
  const base = `/api/v1/agreements/${encodeURIComponent(agreementId)}`;
  const versions = await call({ path: `${base}/versions`, answer: z.array(VersionView) });
  const volume = versions.find((each) => each.version === version)?.agreement.volume;
  return { volume, forecasts: volume === undefined ? [] : await call({ path: `${base}/forecasts`, answer: z.array(Forecast) }) };
}

/** The forecasts of volume and when they lock; nothing where the agreement has no band around one. */
export function ForecastPanel({ state, nowMs }: ForecastPanelProps): React.JSX.Element | null {
  const { id, version } = state.agreement;
  const side = sideOf(useRole(id));
  const read = useCallback(() => readKnown(id, version), [id, version]);
  const { request, again } = useRequest(read);
  if (request.state === "loading") return null;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  const { volume, forecasts } = request.data;
  if (volume === undefined) return null;
  return (
    <section className="block" aria-labelledby="forecasts">
      <div className="head">
        <h2 id="forecasts">Volume forecasts</h2>
        <span className="small quiet">handed in by the {volume.forecastBy}</span>
      </div>
      {forecasts.length === 0 && <Empty>No forecast is handed in: no volume leaves its band, and the figures stand as they are.</Empty>}
      <ul className="rights">
        {forecasts.map((forecast) => (
          <Month key={forecast.month} forecast={forecast} zone={state.agreement.timeZone} nowMs={nowMs} />
        ))}
      </ul>
      {side.mayAct && side.party === volume.forecastBy && <ForecastForm agreementId={id} lockDays={volume.lockDaysBefore} onDone={again} />}
    </section>
  );
}

interface MonthProps {
  readonly forecast: Forecast;
  readonly zone: string;
  readonly nowMs: number;
}

function Month({ forecast: { month, days, handedInAtMs, locksAtMs }, zone, nowMs }: MonthProps): React.JSX.Element {
  const counts = Object.values(days);
  const isLocked = locksAtMs <= nowMs;
  return (
    <li>
      <span />
      <p>
        <b>
          {monthWords(`${month}-01`)} {month.slice(0, 4)}
        </b>
        , {formatCount(counts.reduce((sum, count) => sum + count, 0))} contacts on {counts.length} days
      </p>
      <span className={isLocked ? "quiet" : "due"}>{isLocked ? "locked" : "open"}</span>
      <p className="small quiet">
        handed in {bothClocks(zone, handedInAtMs, nowMs)}; {isLocked ? "locked" : "locks"} {bothClocks(zone, locksAtMs, nowMs)}
      </p>
    </li>
  );
}
