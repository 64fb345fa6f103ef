import { useCallback, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { NOTE_FIELD_ID } from "./act-form.tsx";
import type { FormDeed } from "./act-words.ts";
import { focusRow, neighbour, successor } from "./list-walk.ts";
import type { ListedAlert } from "./listed-alert.ts";
import type { Doing } from "./predict.ts";
import type { Acts } from "./use-acts.ts";

/** After these an alert leaves its lane, so that the work goes on with the next. */
const LEAVES: ReadonlySet<string> = new Set(["acknowledge", "snooze", "close"]);

interface DeskParts {
  readonly shown: ListedAlert | undefined;
  readonly showAhead: (key: string) => void;
  readonly byKey: ReadonlyMap<string, ListedAlert>;
  readonly acts: Acts;
  readonly list: React.RefObject<HTMLElement | null>;
}

export interface Desk {
  /** What is being done to the shown alert. */
  readonly deed: FormDeed | null;
  readonly setDeed: (deed: FormDeed | null) => void;
  /** What is being done to all that are selected. */
  readonly bulkDeed: FormDeed | null;
  readonly setBulkDeed: (deed: FormDeed | null) => void;
  readonly selected: ReadonlySet<string>;
  readonly targets: readonly ListedAlert[];
  readonly select: (key: string) => void;
  readonly clear: () => void;
  readonly send: (doing: Doing) => void;
  readonly sendAll: (doing: Doing) => void;
  readonly walk: (step: 1 | -1) => void;
  /** Opens a form by key, and goes on with the list when it is sent. */
  readonly begin: (deed: FormDeed) => void;
  readonly leaveForm: () => void;
}

function useSelection(byKey: ReadonlyMap<string, ListedAlert>) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = useCallback(
    (key: string) => setSelected((known) => new Set(known.has(key) ? [...known].filter((each) => each !== key) : [...known, key])),
    [],
  );
  const clear = useCallback(() => setSelected(new Set()), []);
  return { selected, select, clear, targets: [...selected].flatMap((key) => byKey.get(key) ?? []) };
}

type Place = "note" | { readonly row: string };

/** Moves the focus once the page shows what it shall be on. */
function useFocusAfter(list: React.RefObject<HTMLElement | null>): (place: Place) => void {
  const [wanted, setWanted] = useState<{ readonly place: Place } | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    if (wanted.place === "note") document.getElementById(NOTE_FIELD_ID)?.focus();
    else focusRow(list.current, wanted.place.row);
  }, [wanted, list]);
  return (place) => setWanted({ place });
}

/** The working place of the inbox: what is chosen, what is being done, and where the work goes on. */
export function useDesk({ shown, showAhead, byKey, acts, list }: DeskParts): Desk {
  const navigate = useNavigate();
  const [opened, setOpened] = useState<{ readonly key: string; readonly deed: FormDeed } | null>(null);
  const [bulkDeed, setBulkDeed] = useState<FormDeed | null>(null);
  const selection = useSelection(byKey);
  const focus = useFocusAfter(list);
  const isByKey = useIsByKey();
  const { selected, targets } = selection;
  const shownKey = shown?.key ?? null;
  const goTo = (stop: { readonly key: string; readonly to: string } | undefined) => {
    if (stop === undefined) return;
    showAhead(stop.key);
    focus({ row: stop.key });
    void navigate(stop.to, { replace: true, preventScrollReset: true });
  };
  const after = (doing: Doing, leaving: readonly string[]) => {
    setOpened(null);
    if (!isByKey.current) return;
    if (LEAVES.has(doing.request.do)) goTo(successor(list.current, new Set(leaving)));
    else if (doing.request.do !== "rate" && shownKey !== null) focus({ row: shownKey });
  };
  return {
    ...selection,
    deed: opened?.key === shownKey ? (opened?.deed ?? null) : null,
    setDeed: (deed) => setOpened(deed === null || shownKey === null ? null : { key: shownKey, deed }),
    bulkDeed: targets.length === 0 ? null : bulkDeed,
    setBulkDeed,
    send: (doing) => {
      if (shown === undefined) return;
      after(doing, [shown.key]);
      acts.send([shown], doing);
    },
    sendAll: (doing) => {
      after(doing, [...selected]);
      setBulkDeed(null);
      selection.clear();
      acts.send(targets, doing);
    },
    walk: (step) => goTo(neighbour(list.current, shownKey, step)),
    begin: (deed) => {
      if (targets.length > 0) setBulkDeed(deed);
      else if (shownKey !== null) setOpened({ key: shownKey, deed });
      focus("note");
    },
    leaveForm: () => {
      setOpened(null);
      setBulkDeed(null);
      if (shownKey !== null) focus({ row: shownKey });
    },
  };
}

/** Whether the keyboard was used last: whoever works with a pointer stays where they are. */
function useIsByKey(): React.RefObject<boolean> {
  const isByKey = useRef(false);
  useEffect(() => {
    const onKey = () => void (isByKey.current = true);
    const onPointer = () => void (isByKey.current = false);
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("pointerdown", onPointer, true);
    return () => {
      document.removeEventListener("keydown", onKey, true);
      document.removeEventListener("pointerdown", onPointer, true);
    };
  }, []);
  return isByKey;
}
