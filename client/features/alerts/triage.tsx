import { useMemo } from "react";
import { useParams, useSearchParams } from "react-router";
import { Empty, NotPermitted } from "../../ui/panel-state.tsx";
import { AlertDetail } from "./alert-detail.tsx";
import { type AlertFilter, isFiltered, withoutFilter } from "./alert-filter.ts";
import { type Family, familyOf, layoutOf, type Tab } from "./alert-lanes.ts";
import { AlertList } from "./alert-list.tsx";
import { BulkPanel } from "./bulk-panel.tsx";
import { alertKey, type ListedAlert } from "./listed-alert.ts";
import type { Acts } from "./use-acts.ts";
import type { Desk } from "./use-desk.ts";

interface TriageProps {
  readonly family: Family;
  readonly byKey: ReadonlyMap<string, ListedAlert>;
  readonly filter: AlertFilter;
  readonly tab: Tab;
  readonly shown: ListedAlert | undefined;
  readonly desk: Desk;
  readonly acts: Acts;
  readonly list: React.RefObject<HTMLElement | null>;
  readonly nowMs: number;
  readonly search: string;
}

/** The list and beside it what is worked on: one alert, or one thing for all that are selected. */
export function Triage(props: TriageProps): React.JSX.Element {
  const { family, byKey, filter, tab, shown, desk, list, nowMs, search } = props;
  const { alertId } = useParams();
  const isAsked = alertId !== undefined || desk.bulkDeed !== null;
  const isEmpty = layoutOf(family.tops, tab, nowMs).order.length === 0;
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") desk.leaveForm();
  };
  return (
    <div className={isAsked ? "triage asked" : "triage"} onKeyDown={onKeyDown}>
      {isEmpty ? (
        <EmptyList tab={tab} filter={filter} />
      ) : (
        <AlertList
          // A new list for another tab or filter: the calm order belongs to one of them only.
          key={`${tab} ${search}`}
          family={family}
          byKey={byKey}
          tab={tab}
          currentKey={shown?.key ?? null}
          selected={desk.selected}
          nowMs={nowMs}
          search={search}
          onSelect={desk.select}
          listRef={list}
        />
      )}
      <Work {...props} />
    </div>
  );
}

function Work({ byKey, shown, desk, acts, nowMs, search }: TriageProps): React.JSX.Element | null {
  const { alertId } = useParams();
  const related = useMemo(() => familyOf([...byKey.values()]), [byKey]);
  if (desk.bulkDeed !== null)
    return (
      <BulkPanel
        key={desk.bulkDeed}
        targets={desk.targets}
        deed={desk.bulkDeed}
        nowMs={nowMs}
        onSend={desk.sendAll}
        onLeave={() => desk.setBulkDeed(null)}
      />
    );
  if (shown === undefined)
    return alertId === undefined ? null : (
      <NotPermitted>There is no such alert, or it belongs to an agreement you are not part of.</NotPermitted>
    );
  const { agreementId, parent } = shown.alert;
  return (
    <AlertDetail
      key={shown.key}
      listed={shown}
      parent={parent === null ? undefined : byKey.get(alertKey({ agreementId, id: parent }))}
      attached={related.attached.get(shown.key) ?? NONE}
      deed={desk.deed}
      onDeed={desk.setDeed}
      acts={acts}
      onSend={desk.send}
      search={search}
      nowMs={nowMs}
    />
  );
}

const NONE: readonly ListedAlert[] = [];

const NOTHING: Readonly<Record<Tab, string>> = {
  open: "No target and no feed needs anybody right now.",
  stale: "Nothing has been left lying: every acknowledgement is younger than a day and up to date.",
  snoozed: "Nothing is snoozed.",
  resolved: "Nothing has been resolved yet.",
};

function EmptyList({ tab, filter }: { readonly tab: Tab; readonly filter: AlertFilter }): React.JSX.Element {
  const [query, setQuery] = useSearchParams();
  if (!isFiltered(filter)) return <Empty>{NOTHING[tab]}</Empty>;
  const clear = (
    <button className="btn" type="button" onClick={() => setQuery(withoutFilter(query), { replace: true })}>
      Show all
    </button>
  );
  return <Empty action={clear}>No alert here fits the filter.</Empty>;
}
