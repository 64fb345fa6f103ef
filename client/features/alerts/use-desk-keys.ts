import type { FormDeed } from "./act-words.ts";
import { bulkDeeds } from "./bulk-panel.tsx";
import { DEED_KEYS, deedsFor } from "./duty-panel.tsx";
import type { ListedAlert } from "./listed-alert.ts";
import type { Acts } from "./use-acts.ts";
import type { Desk } from "./use-desk.ts";
import { useInboxKeys } from "./use-inbox-keys.ts";

interface DeskKeys {
  readonly isOn: boolean;
  readonly desk: Desk;
  readonly shown: ListedAlert | undefined;
  readonly acts: Acts;
  readonly meId: string;
  readonly onHelp: () => void;
}

/** What each key of the inbox does, as things stand. */
export function useDeskKeys({ isOn, desk, shown, acts, meId, onHelp }: DeskKeys): void {
  const possible = desk.targets.length > 0 ? bulkDeeds(desk.targets) : shown === undefined ? [] : deedsFor(shown, meId);
  const deed = (name: FormDeed) => [DEED_KEYS[name] ?? "", () => possible.includes(name) && desk.begin(name)] as const;
  const rate = () => {
    if (shown === undefined) return;
    const rating = shown.alert.ratings[meId] === "useful" ? "noise" : "useful";
    desk.send({ request: { do: "rate", rating }, owner: null });
  };
  useInboxKeys(isOn, {
    ...Object.fromEntries([deed("acknowledge"), deed("snooze"), deed("comment"), deed("close")]),
    j: () => desk.walk(1),
    k: () => desk.walk(-1),
    x: () => shown !== undefined && desk.select(shown.key),
    r: rate,
    u: () => acts.canUndo && acts.undo(),
    "?": onHelp,
  });
}
