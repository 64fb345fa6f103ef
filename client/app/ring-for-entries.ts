import type { AlertSeverity } from "../../shared/agreement/alert-clauses.ts";
import type { Alert, TransitionKind } from "../../shared/alerts/alert.ts";
import type { StreamEntry } from "../../shared/protocol/live.ts";
import { playTones, readBell, showPopUp } from "../live/bell.ts";
import type { LiveStore } from "../live/live-store.ts";
import { paths } from "../live/paths.ts";

const RANKS: Readonly<Record<AlertSeverity, number>> = { critical: 0, high: 1, warning: 2 };
/** More at once is one pop-up that counts them. */
const POP_UPS_MOST = 3;

const NEWS: ReadonlySet<TransitionKind | undefined> = new Set(["raised", "reopened", "worsened", "changed"]);

/** The alert of an entry that is news to somebody who does not look: raised, come again, worse or for another reason, and told at all. */
export function ringingOf({ event }: StreamEntry): Alert | null {
  if (event.kind !== "alert:changed") return null;
  const last = event.alert.history.at(-1);
  return NEWS.has(last?.kind) && last?.quiet !== true ? event.alert : null;
}

function worst(alerts: readonly Alert[]): AlertSeverity | undefined {
  return alerts.map(({ severity }) => severity).toSorted((a, b) => RANKS[a] - RANKS[b])[0];
}

/** Tells of new alerts by sound and pop-up, as chosen in this browser. Returns the way to stop. */
export function ringForEntries(store: LiveStore, open: (path: string) => void): () => void {
  return store.onEntries((agreementId, entries) => {
    const news = entries.flatMap((entry) => ringingOf(entry) ?? []);
    if (news.length === 0) return;
    const choices = readBell();
    const loudest = worst(news.filter(({ severity }) => choices[severity].sound));
    if (loudest !== undefined) playTones(loudest);
    const shown = news.filter(({ severity }) => choices[severity].popUp);
    const title = store.getView().agreements.get(agreementId)?.agreement.name ?? agreementId;
    if (shown.length > POP_UPS_MOST)
      return showPopUp({ title, body: `${shown.length} new alerts`, tag: `${agreementId} many` }, () => open(paths.alerts()));
    for (const { id, seq, headline } of shown)
      showPopUp({ title, body: headline, tag: `${agreementId} ${id} ${seq}` }, () => open(paths.alert(agreementId, id)));
    return undefined;
  });
}
