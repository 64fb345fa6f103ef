import type { AlertMessage, News } from "./message.ts";

/** The form of `data`. A change that readers could stumble over raises it. */
const FORM = 1;

function alertOf({ alert, transition, link }: News): object {
  const { id, subject, episode, status, signal, severity, headline, raisedAtMs, changedAtMs, owner, parent, acknowledgement } = alert;
  return {
    id,
    seq: transition.seq,
    subject,
    episode,
    status,
    signal,
    severity,
    headline,
    raisedAt: new Date(raisedAtMs).toISOString(),
    changedAt: new Date(changedAtMs).toISOString(),
    owner: owner === null ? null : { name: owner.name, party: owner.party },
    acknowledgedBy: acknowledgement?.by ?? null,
    parent,
    link,
    transition: { kind: transition.kind, at: new Date(transition.atMs).toISOString(), by: transition.by, note: transition.note },
  };
}

/**
 * A message as the body of a webhook, in the form that Standard Webhooks recommends: what happened, when, and the alert as it
 * is while this is sent. `seq` orders the transitions of one alert; messages may overtake each other.
 */
export function webhookBody({ news: [news], agreement, repeated }: AlertMessage): string {
  return JSON.stringify({
    type: `alert.${news.transition.kind}`,
    timestamp: new Date(news.transition.atMs).toISOString(),
    data: { form: FORM, agreement: { id: agreement.id, name: agreement.name }, alert: alertOf(news), repeated: repeated !== null },
  });
}
