import { useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { useAgreements, useLive } from "../../live/live-context.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Loading } from "../../ui/panel-state.tsx";
import { isAskedFor, readFilter, readTab } from "./alert-filter.ts";
import { familyOf, tabCounts } from "./alert-lanes.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { KeysBar, KeysHelp } from "./keys-help.tsx";
import type { ListedAlert } from "./listed-alert.ts";
import { BellSettings } from "./bell-settings.tsx";
import { ReportLink } from "./report-link.tsx";
import { Tabs } from "./tabs.tsx";
import { Triage } from "./triage.tsx";
import { actorOf, useActs } from "./use-acts.ts";
import { useDesk } from "./use-desk.ts";
import { useDeskKeys } from "./use-desk-keys.ts";
import { useSingleKeys } from "./use-inbox-keys.ts";
import { useListedAlerts } from "./use-listed-alerts.ts";
import { useShownAlert } from "./use-shown-alert.ts";
import "./alerts.css";

/** The inbox: a calm list on the left, one alert with its evidence and its duty on the right. On a phone each is a page. */
export function AlertsPage(): React.JSX.Element {
  const { cards } = useLive();
  const hasArrived = useAgreements().length > 0 || cards.length === 0;
  return hasArrived ? <Inbox /> : <Loading what="the alerts" />;
}

function Inbox(): React.JSX.Element {
  const live = useLive();
  const nowMs = useNowMinute();
  const [query] = useSearchParams();
  const acts = useActs();
  const all = useListedAlerts(acts.expected);
  const byKey = useMemo(() => new Map(all.map((listed) => [listed.key, listed])), [all]);
  const meId = actorOf(live, "").id;
  const [tab, filter] = [readTab(query), readFilter(query)];
  const asked = useMemo(() => all.filter((listed) => isAskedFor(listed, readFilter(query), meId)), [all, query, meId]);
  const family = useMemo(() => familyOf(asked), [asked]);
  const { shown, showAhead } = useShownAlert({ byKey, family, tab, nowMs });
  const list = useRef<HTMLElement>(null);
  const desk = useDesk({ shown, showAhead, byKey, acts, list });
  const [isKeysOn, switchKeys] = useSingleKeys();
  const [isHelp, setHelp] = useState(false);
  useDeskKeys({ isOn: isKeysOn, desk, shown, acts, meId, onHelp: () => setHelp(true) });
  const search = query.toString();
  return (
    <>
      <title>Alerts · Accord</title>
      <div className="head">
        <Heading all={all} />
        <FilterBar filter={filter} all={all} meId={meId} />
      </div>
      <div className="tools">
        <Tabs tab={tab} counts={tabCounts(family.tops, nowMs)} query={query} />
        <div className="row">
          <ReportLink shown={shown} />
          <BellSettings />
          <button className="btn bare of-keys" type="button" onClick={() => setHelp(true)}>
            Keys
          </button>
        </div>
      </div>
      <Triage {...{ family, byKey, filter, tab, shown, desk, acts, list, nowMs, search }} />
      <BottomBar
        acts={acts}
        shownKey={desk.bulkDeed === null ? (shown?.key ?? null) : null}
        selected={desk.targets}
        onBulk={desk.setBulkDeed}
        onClear={desk.clear}
        search={search}
      >
        <KeysBar isOn={isKeysOn} />
      </BottomBar>
      <KeysHelp isOpen={isHelp} onClose={() => setHelp(false)} isOn={isKeysOn} onSwitch={switchKeys} />
    </>
  );
}

function Heading({ all }: { readonly all: readonly ListedAlert[] }): React.JSX.Element {
  const tops = familyOf(all).tops;
  const active = tops.filter(({ alert }) => alert.status !== "resolved" && alert.status !== "snoozed").length;
  const unanswered = tops.filter(({ alert }) => alert.status === "open").length;
  return (
    <h1>
      Alerts{" "}
      <small className="quiet">
        {active} active, {unanswered} unanswered
      </small>
    </h1>
  );
}
