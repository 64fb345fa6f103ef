import { useCallback, useState } from "react";
import { useHeld } from "../../ui/use-held.ts";
import { AlertRow } from "./alert-row.tsx";
import { type Family, type Lane, LANE_TITLES, layoutOf, type Tab, TAB_LANES, unseen } from "./alert-lanes.ts";
import type { ListedAlert } from "./listed-alert.ts";

interface AlertListProps {
  readonly family: Family;
  /** Every alert by key: what is shown may have left the tab while the list kept still. */
  readonly byKey: ReadonlyMap<string, ListedAlert>;
  readonly tab: Tab;
  readonly currentKey: string | null;
  readonly selected: ReadonlySet<string>;
  readonly nowMs: number;
  readonly search: string;
  readonly onSelect: (key: string) => void;
  readonly listRef: React.RefObject<HTMLElement | null>;
}

/** Which rows show what is attached to them. */
function useUnfolded(): readonly [ReadonlySet<string>, (key: string) => void] {
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (key: string) => setUnfolded((known) => new Set(known.has(key) ? [...known].filter((each) => each !== key) : [...known, key])),
    [],
  );
  return [unfolded, toggle];
}

/** The triage list. Its rows keep their places while somebody points at it or works in it. */
export function AlertList(props: AlertListProps): React.JSX.Element {
  const { family, tab, nowMs, listRef } = props;
  const newest = layoutOf(family.tops, tab, nowMs);
  const { value: layout, refresh, hold } = useHeld(newest);
  const waiting = unseen(layout, newest);
  return (
    <section className="list" aria-label="Alerts" ref={listRef} {...hold}>
      {waiting > 0 && (
        <button className="news" type="button" onClick={refresh}>
          {waiting} new <span>show</span>
        </button>
      )}
      {TAB_LANES[tab].map((lane) => {
        const keys = layout.order.filter((place) => place.lane === lane).map(({ key }) => key);
        return keys.length === 0 ? null : <LaneSection key={lane} {...props} lane={lane} keys={keys} />;
      })}
    </section>
  );
}

function LaneSection({ lane, keys, ...props }: AlertListProps & { readonly lane: Lane; readonly keys: readonly string[] }) {
  const { byKey, family, selected, currentKey, nowMs, search, onSelect } = props;
  const [unfolded, toggle] = useUnfolded();
  const row = (listed: ListedAlert, attached: number) => (
    <AlertRow
      listed={listed}
      attached={attached}
      isCurrent={listed.key === currentKey}
      isSelected={selected.has(listed.key)}
      nowMs={nowMs}
      search={search}
      onSelect={onSelect}
    />
  );
  return (
    <section aria-label={LANE_TITLES[lane]} data-lane={lane}>
      <h2 className="lane">
        {LANE_TITLES[lane]} <span className="n">{keys.length}</span>
      </h2>
      <ul className="items">
        {keys.flatMap((key) => {
          const listed = byKey.get(key);
          if (listed === undefined) return [];
          const attached = family.attached.get(key) ?? [];
          return (
            <li key={key} data-key={key} className={key === currentKey ? "sel" : undefined}>
              {row(listed, attached.length)}
              {attached.length > 0 && (
                <Attached alerts={attached} isOpen={unfolded.has(key)} onToggle={() => toggle(key)} row={(each) => row(each, 0)} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface AttachedProps {
  readonly alerts: readonly ListedAlert[];
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly row: (listed: ListedAlert) => React.JSX.Element;
}

/** What another alert stands for: counted, and shown on request. */
function Attached({ alerts, isOpen, onToggle, row }: AttachedProps): React.JSX.Element {
  return (
    <>
      <button className="btn link small fold" type="button" aria-expanded={isOpen} onClick={onToggle}>
        {isOpen ? "Hide attached" : `Show ${alerts.length} attached`}
      </button>
      {isOpen && (
        <ul className="attached">
          {alerts.map((listed) => (
            <li key={listed.key} data-key={listed.key}>
              {row(listed)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
