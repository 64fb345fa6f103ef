import type { Alert } from "../../../shared/alerts/alert.ts";
import type { AgreementView } from "../../../shared/protocol/live.ts";

/** An alert with the agreement it belongs to. The same object as long as neither changes. */
export interface ListedAlert {
  readonly key: string;
  readonly alert: Alert;
  readonly agreement: AgreementView;
}

const made = new WeakMap<Alert, ListedAlert>();

/** Names an alert among those of all agreements; its own id is unique in its agreement only. */
export function alertKey({ agreementId, id }: Pick<Alert, "agreementId" | "id">): string {
  return `${agreementId}/${id}`;
}

export function listedAlert(alert: Alert, agreement: AgreementView): ListedAlert {
  const known = made.get(alert);
  if (known?.agreement === agreement) return known;
  const listed = { key: alertKey(alert), alert, agreement };
  made.set(alert, listed);
  return listed;
}
