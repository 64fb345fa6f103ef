import { type ComponentProps, lazy, Suspense } from "react";
import { Boundary } from "../boundary.tsx";
import type { LineChart } from "./line-chart.tsx";
import "./lazy-line-chart.css";

/** Recharts is larger than the rest of the dashboard together, so that it comes after the figures. */
const Loaded = lazy(async () => ({ default: (await import("./line-chart.tsx")).LineChart }));

export function LazyLineChart(props: ComponentProps<typeof LineChart>): React.JSX.Element {
  return (
    <Boundary instead={<p className="mid">The chart could not be loaded. Reload the page, or view the same figures as a table.</p>}>
      <Suspense fallback={<div className={props.tall === true ? "chart-room tall" : "chart-room"} />}>
        <Loaded {...props} />
      </Suspense>
    </Boundary>
  );
}
