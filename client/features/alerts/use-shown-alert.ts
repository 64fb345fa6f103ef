import { useEffect, useState } from "react";
import { useParams } from "react-router";
import { type Family, layoutOf, type Tab } from "./alert-lanes.ts";
import { alertKey, type ListedAlert } from "./listed-alert.ts";

interface Shown {
  readonly shown: ListedAlert | undefined;
  /** Shows an alert at once, before the address has followed: a key pressed in between belongs to it already. */
  readonly showAhead: (key: string) => void;
}

interface ShownParts {
  readonly byKey: ReadonlyMap<string, ListedAlert>;
  readonly family: Family;
  readonly tab: Tab;
  readonly nowMs: number;
}

function useAhead(addressKey: string | null): readonly [string | null, (key: string) => void] {
  const [ahead, setAhead] = useState<string | null>(null);
  if (ahead !== null && ahead === addressKey) setAhead(null);
  useEffect(() => {
    // Whoever opens something else by pointer or link goes by the address again.
    const forget = () => setAhead(null);
    document.addEventListener("click", forget, true);
    return () => document.removeEventListener("click", forget, true);
  }, []);
  return [ahead, setAhead];
}

/** The alert in the address, else the most urgent one when the tab opened: a newer one must not take a half-written note away. */
export function useShownAlert({ byKey, family, tab, nowMs }: ShownParts): Shown {
  const { agreementId, alertId } = useParams();
  const addressKey = agreementId === undefined || alertId === undefined ? null : alertKey({ agreementId, id: alertId });
  const [ahead, showAhead] = useAhead(addressKey);
  const [pinned, setPinned] = useState<{ readonly tab: Tab; readonly key: string } | null>(null);
  const wanted = ahead ?? addressKey;
  if (wanted !== null) return { shown: byKey.get(wanted), showAhead };
  const kept = pinned?.tab === tab ? byKey.get(pinned.key) : undefined;
  if (kept !== undefined) return { shown: kept, showAhead };
  const first = layoutOf(family.tops, tab, nowMs).order[0];
  if (first !== undefined) setPinned({ tab, key: first.key });
  return { shown: first === undefined ? undefined : byKey.get(first.key), showAhead };
}
