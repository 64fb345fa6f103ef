import { useEffect, useState } from "react";
import type { MemberView } from "../../../shared/protocol/alert-routes.ts";
import { useLive } from "../../live/live-context.ts";
import { FieldError } from "../../ui/field.tsx";
import { maySnooze } from "./act-choices.ts";
import { ActForm, NOTE_FIELD_ID } from "./act-form.tsx";
import { DEED_WORDS, type FormDeed } from "./act-words.ts";
import { holderOf } from "./alert-filter.ts";
import { type Draft, meanwhileWords, type Sending, sendingOf } from "./draft.ts";
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

interface Writing {
  readonly sending: Sending | null;
  readonly note: string;
  /** Names the form, so that another one has fields of its own. */
  readonly form: string;
  /** What happened since the writing began. */
  readonly news: string | null;
  readonly write: (note: string) => void;
  readonly focusIn: (isIn: boolean) => void;
  /** Goes on with another form, with what is written and with the alert as it is now. */
  readonly choose: (deed: FormDeed) => void;
  readonly end: () => void;
}

/** The form of an alert and what is written in it: that stays, whatever becomes of the alert, until it is sent. */
function useWriting({ listed, deed, acts }: Pick<DutyPanelProps, "listed" | "deed" | "acts">, meId: string): Writing {
  const [begun, setBegun] = useState<Draft | null>(null);
  const failed = acts.failures.get(listed.key);
  const usual = listed.alert.status === "open" ? "acknowledge" : null;
  const asked = deed ?? begun?.deed ?? failedDeed(failed) ?? usual;
  const draft = begun?.deed === asked ? begun : null;
  const note = begun?.text ?? noteOf(failed);
  const form = draft?.form ?? failed?.operationId ?? "";
  const sending = sendingOf(listed, { deed: asked, draft, deeds: deedsFor(listed, meId), isWritten: note !== "" });
  const shown = sending?.deed ?? null;
  const news = meanwhileWords(listed, draft, meId);
  const begin = (of: FormDeed, text: string): Draft => ({ deed: of, text, seenSeq: listed.alert.seq, form });
  return {
    sending,
    note,
    form,
    news,
    write: (text) => shown !== null && setBegun(draft === null ? begin(shown, text) : { ...draft, text }),
    focusIn: (isIn) => {
      if (isIn && draft === null && shown !== null) setBegun(begin(shown, note));
      // Nothing may move away under a pointer that comes from the form: what the alert has left behind stays.
      if (!isIn && note === "" && news === null) setBegun(null);
    },
    choose: (next) => setBegun(note === "" ? null : begin(next, note)),
    end: () => setBegun(null),
  };
}

/** Who sees to an alert, and everything that can be done about it. */
export function DutyPanel({ listed, deed, onDeed, members, acts, onSend, nowMs }: DutyPanelProps): React.JSX.Element {
  const live = useLive();
  const meId = actorOf(live, listed.agreement.id).id;
  const failed = acts.failures.get(listed.key);
  const writing = useWriting({ listed, deed, acts }, meId);
  const { sending, news } = writing;
  const send = (doing: Doing) => {
    writing.end();
    onSend(doing);
  };
  return (
    <section className="form boxed duty" aria-label="Who has it">
      {/* The form moves as little as may be while somebody writes in it. */}
      {news === null && <DutyFacts listed={listed} nowMs={nowMs} />}
      <SavingLine listed={listed} acts={acts} />
      {failed !== undefined && <FieldError>{failed.message}</FieldError>}
      {news !== null && <NewsLine news={news} isComment={sending?.does !== sending?.deed} />}
      {sending !== null && (
        <ActForm
          key={`${sending.deed} ${writing.form}`}
          targets={[listed]}
          {...sending}
          members={members}
          nowMs={nowMs}
          note={writing.note}
          onNote={writing.write}
          chosen={failed?.doing.request.do === sending.deed ? failed.doing.chosen : undefined}
          onFocusIn={writing.focusIn}
          onSend={send}
        />
      )}
      <div className="row others">
        {deedsFor(listed, meId)
          .filter((each) => each !== sending?.does)
          .map((each) => (
            <DeedButton
              key={each}
              deed={each}
              isTaken={listed.alert.status === "acknowledged"}
              onClick={() => {
                writing.choose(each);
                onDeed(each);
              }}
            />
          ))}
      </div>
      {news !== null && <DutyFacts listed={listed} nowMs={nowMs} />}
      <RateFields listed={listed} meId={meId} onRate={(rating) => onSend({ request: { do: "rate", rating }, owner: null })} />
    </section>
  );
}

/** What happened while somebody was writing, said to those who do not see it, too. */
function NewsLine({ news, isComment }: { readonly news: string; readonly isComment: boolean }): React.JSX.Element {
  const { announcer } = useLive();
  const words = isComment ? `${news} What you write is sent as a comment.` : news;
  useEffect(() => {
    announcer.say("polite", words);
    const field = document.getElementById(NOTE_FIELD_ID);
    if (field !== null && field === document.activeElement) field.scrollIntoView({ block: "nearest" });
  }, [announcer, words]);
  return <p className="due">{words}</p>;
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
