import { useMemo } from "react";
import type { Alert } from "../../../shared/alerts/alert.ts";
import { useAgreements } from "../../live/live-context.ts";
import { alertKey, feedNameOf, type ListedAlert, listedAlert } from "./listed-alert.ts";

/** All alerts of the reader's agreements. @param expected alerts as they will be if the server agrees, by key. */
export function useListedAlerts(expected: ReadonlyMap<string, Alert>): readonly ListedAlert[] {
  const states = useAgreements();
  return useMemo(
    () =>
      states.flatMap(({ agreement, alerts, feeds }) =>
        [...alerts.values()].map((alert) => {
          const ahead = expected.get(alertKey(alert));
          return listedAlert(ahead !== undefined && ahead.seq > alert.seq ? ahead : alert, {
            agreement,
            feedName: feedNameOf(alert, feeds),
          });
        }),
      ),
    [states, expected],
  );
}
