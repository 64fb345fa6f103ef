import { Status } from "../../ui/status/status.tsx";
import { bothClocks, spanWords } from "../../ui/zone-time.ts";
import { CAUSE_WORDS } from "./act-words.ts";
import { holderOf } from "./alert-filter.ts";
import type { ListedAlert } from "./listed-alert.ts";

/** Who has an alert, what they said, and until when; nothing of one that nobody has. */
export function DutyFacts({ listed, nowMs }: { readonly listed: ListedAlert; readonly nowMs: number }): React.JSX.Element | null {
  switch (listed.alert.status) {
    case "open":
      return null;
    case "acknowledged":
      return <Held listed={listed} nowMs={nowMs} />;
    case "snoozed":
      return <Snoozed listed={listed} nowMs={nowMs} />;
    case "resolved":
      return <Resolved listed={listed} nowMs={nowMs} />;
  }
}

interface FactsProps {
  readonly listed: ListedAlert;
  readonly nowMs: number;
}

function Held({ listed, nowMs }: FactsProps): React.JSX.Element | null {
  const { alert, agreement } = listed;
  const { acknowledgement, cause } = alert;
  if (acknowledgement === null) return null;
  const { by, atMs, note, dueMs } = acknowledgement;
  const holder = holderOf(listed)?.name ?? by;
  const clocks = (ms: number) => bothClocks(agreement.timeZone, ms, nowMs);
  return (
    <>
      <h3>{holder} has it</h3>
      <blockquote>{note}</blockquote>
      <p className="small quiet">
        {holder === by ? "" : `acknowledged by ${by}, `}since {clocks(atMs)}
        {cause === null ? "" : `; cause: ${CAUSE_WORDS[cause].toLowerCase()}`}
      </p>
      {dueMs !== null && (
        <p className={dueMs < nowMs ? "due" : undefined}>
          {dueMs < nowMs ? `Update ${spanWords(nowMs - dueMs)} overdue` : `Next update due ${clocks(dueMs)}`}
        </p>
      )}
    </>
  );
}

function Snoozed({ listed: { alert, agreement }, nowMs }: FactsProps): React.JSX.Element | null {
  const { snooze } = alert;
  if (snooze === null) return null;
  return (
    <>
      <h3>Snoozed by {snooze.by}</h3>
      <blockquote>{snooze.reason}</blockquote>
      <p className="small quiet">
        {snooze.untilMs === null ? "until it clears" : `until ${bothClocks(agreement.timeZone, snooze.untilMs, nowMs)}`}; anything worse
        ends it
      </p>
    </>
  );
}

function Resolved({ listed: { alert, agreement }, nowMs }: FactsProps): React.JSX.Element | null {
  const { resolution, cause, signal } = alert;
  if (resolution === null) return null;
  return (
    <>
      <Status kind="met">Resolved{resolution.by === undefined ? "" : ` by ${resolution.by}`}</Status>
      <p>{resolution.reason}</p>
      <p className="small quiet">
        {bothClocks(agreement.timeZone, resolution.atMs, nowMs)}
        {cause === null ? "" : `; cause: ${CAUSE_WORDS[cause].toLowerCase()}`}
      </p>
      {signal !== "clear" && <p className="due">The evidence still says otherwise.</p>}
    </>
  );
}
