import type { MemberView } from "../../../shared/protocol/alert-routes.ts";
import { useLive } from "../../live/live-context.ts";
import { FieldError } from "../../ui/field.tsx";
import { maySnooze } from "./act-choices.ts";
import { ActForm } from "./act-form.tsx";
import { DEED_WORDS, type FormDeed } from "./act-words.ts";
import { holderOf } from "./alert-filter.ts";
import { DutyFacts } from "./duty-facts.tsx";
import type { ListedAlert } from "./listed-alert.ts";
import type { Doing } from "./predict.ts";
import { RateFields } from "./rate-fields.tsx";
import { type Acts, actorOf, type Sent } from "./use-acts.ts";

/** The key of each deed in the inbox. */
export const DEED_KEYS: Readonly<Partial<Record<FormDeed, string>>> = { acknowledge: "a", snooze: "s", comment: "c", close: "e" };

interface DutyPanelProps {
  readonly listed: ListedAlert;
  /** What is being done; `null` for what the alert suggests. */
  readonly deed: FormDeed | null;
  readonly onDeed: (deed: FormDeed | null) => void;
  readonly members: readonly MemberView[];
  readonly acts: Acts;
  readonly onSend: (doing: Doing) => void;
  readonly nowMs: number;
}

/** What somebody may do to an alert as it stands, the usual first. */
export function deedsFor(listed: ListedAlert, meId: string): readonly FormDeed[] {
  const { alert } = listed;
  const snooze: readonly FormDeed[] = maySnooze([listed]) ? ["snooze"] : [];
  switch (alert.status) {
    case "open":
    case "snoozed":
      return ["acknowledge", ...snooze, "assign", "close", "comment"];
    case "acknowledged": {
      const isMine = holderOf(listed)?.id === meId || alert.acknowledgement?.byId === meId;
      return ["comment", isMine ? "release" : "acknowledge", "assign", ...snooze, "close"];
    }
    case "resolved":
      return ["comment"];
  }
}

/** What failed last, if it was done to this alert with a form. */
function failedDeed(failed: Sent | undefined): FormDeed | null {
  const deed = failed?.doing.request.do;
  return deed === undefined || deed === "rate" ? null : deed;
}

function noteOf(failed: Sent | undefined): string {
  return failed !== undefined && "note" in failed.doing.request ? failed.doing.request.note : "";
}

/** Who sees to an alert, and everything that can be done about it. */
export function DutyPanel({ listed, deed, onDeed, members, acts, onSend, nowMs }: DutyPanelProps): React.JSX.Element {
  const live = useLive();
  const meId = actorOf(live, listed.agreement.id).id;
  const failed = acts.failures.get(listed.key);
  const deeds = deedsFor(listed, meId);
  const usual = listed.alert.status === "open" ? "acknowledge" : null;
  const asked = deed ?? failedDeed(failed) ?? usual;
  const current = asked !== null && deeds.includes(asked) ? asked : null;
  return (
    <section className="form boxed duty" aria-label="Who has it">
      <DutyFacts listed={listed} nowMs={nowMs} />
      <SavingLine listed={listed} acts={acts} />
      {failed !== undefined && <FieldError>{failed.message}</FieldError>}
      {current !== null && (
        <ActForm
          key={`${current} ${failed?.operationId ?? ""}`}
          targets={[listed]}
          deed={current}
          members={members}
          nowMs={nowMs}
          note={noteOf(failed)}
          onSend={onSend}
        />
      )}
      <div className="row others">
        {deeds
          .filter((each) => each !== current)
          .map((each) => (
            <DeedButton key={each} deed={each} isTaken={listed.alert.status === "acknowledged"} onClick={() => onDeed(each)} />
          ))}
      </div>
      <RateFields listed={listed} meId={meId} onRate={(rating) => onSend({ request: { do: "rate", rating }, owner: null })} />
    </section>
  );
}

function SavingLine({ listed, acts }: { readonly listed: ListedAlert; readonly acts: Acts }): React.JSX.Element | null {
  const sent = acts.latest.find((each) => each.listed.key === listed.key);
  if (sent === undefined || sent.state === "failed") return null;
  return <p className="small quiet">{sent.state === "sending" ? "Saving…" : "Saved"}</p>;
}

function DeedButton({ deed, isTaken, onClick }: { readonly deed: FormDeed; readonly isTaken: boolean; readonly onClick: () => void }) {
  const key = DEED_KEYS[deed];
  return (
    <button className="btn" type="button" onClick={onClick} {...(key === undefined ? {} : { "aria-keyshortcuts": key })}>
      {deed === "acknowledge" && isTaken ? "Take over" : DEED_WORDS[deed].button} {key !== undefined && <kbd aria-hidden="true">{key}</kbd>}
    </button>
  );
}
