import { useState } from "react";
import { ActForm } from "./act-form.tsx";
import { DEED_WORDS, type FormDeed } from "./act-words.ts";
import { maySnooze } from "./act-choices.ts";
import type { ListedAlert } from "./listed-alert.ts";
import type { Doing } from "./predict.ts";
import { useMembers } from "./use-members.ts";

interface BulkPanelProps {
  readonly targets: readonly ListedAlert[];
  readonly deed: FormDeed;
  readonly onSend: (doing: Doing) => void;
  readonly onLeave: () => void;
  readonly nowMs: number;
}

/** One thing done to all alerts that are selected, with one note. */
export function BulkPanel({ targets, deed, onSend, onLeave, nowMs }: BulkPanelProps): React.JSX.Element {
  const members = useMembers(targets[0]?.agreement.id ?? "");
  const [note, setNote] = useState("");
  const [isShort, more] = [targets.length <= SHOWN, targets.length - SHOWN];
  return (
    <article className="detail" aria-labelledby="bulk-title">
      <h2 id="bulk-title" className="big">
        {DEED_WORDS[deed].button} {targets.length} alerts
      </h2>
      <div className="evidence bulk">
        <ul className="chosen">
          {targets.slice(0, SHOWN).map(({ key, alert, agreement }) => (
            <li key={key}>
              {alert.headline} <span className="quiet">{agreement.name}</span>
            </li>
          ))}
          {!isShort && <li className="quiet">and {more} more</li>}
        </ul>
        <section className="form boxed duty" aria-label="For all selected">
          <ActForm targets={targets} deed={deed} members={members} nowMs={nowMs} note={note} onNote={setNote} onSend={onSend}>
            <button className="btn" type="button" onClick={onLeave}>
              Back
            </button>
          </ActForm>
        </section>
      </div>
    </article>
  );
}

const SHOWN = 20;

/** What may be done to several at once. */
export function bulkDeeds(targets: readonly ListedAlert[]): readonly FormDeed[] {
  const standing = targets.every(({ alert }) => alert.status !== "resolved");
  if (!standing) return ["comment"];
  return maySnooze(targets) ? ["acknowledge", "snooze", "close", "comment"] : ["acknowledge", "close", "comment"];
}
