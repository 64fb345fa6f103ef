import { CATALOGUE } from "../../../shared/metrics/catalogue.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";

/** What the metric tells and hides, for somebody who never worked in a call centre. */
export function MetricNote({ target }: { readonly target: TargetView }): React.JSX.Element | null {
  const metric = CATALOGUE.find(({ id }) => target.variant === id || target.variant.startsWith(`${id}/`));
  if (metric === undefined) return null;
  return (
    <details>
      <summary>What {metric.name.charAt(0).toLowerCase() + metric.name.slice(1)} tells</summary>
      <p>{metric.explanation}</p>
      <p className="quiet">How many it takes: {metric.minimumSample}</p>
    </details>
  );
}
