import type { Alert } from "../../../shared/alerts/alert.ts";
import type { AgreementView } from "../../../shared/protocol/live.ts";
import { feedKey } from "../../../shared/protocol/receipt.ts";
import type { AgreementState } from "../../live/agreement-state.ts";

/** An alert with the agreement it belongs to. The same object as long as neither changes. */
export interface ListedAlert {
  readonly key: string;
  readonly alert: Alert;
  readonly agreement: AgreementView;
  readonly feedName: string | null;
}

const made = new WeakMap<Alert, ListedAlert>();

/** Names an alert among those of all agreements; its own id is unique in its agreement only. */
export function alertKey({ agreementId, id }: Pick<Alert, "agreementId" | "id">): string {
  return `${agreementId}/${id}`;
}

/** Name of the feed that an alert is about, if it is about one. */
export function feedNameOf({ agreementId, subject }: Alert, feeds: AgreementState["feeds"]): string | null {
  return "feed" in subject ? (feeds.get(feedKey(agreementId, subject.feed))?.name ?? subject.feed) : null;
}

export function listedAlert(alert: Alert, { agreement, feedName }: Pick<ListedAlert, "agreement" | "feedName">): ListedAlert {
  const known = made.get(alert);
  if (known?.agreement === agreement && known.feedName === feedName) return known;
  const listed = { key: alertKey(alert), alert, agreement, feedName };
  made.set(alert, listed);
  return listed;
}
