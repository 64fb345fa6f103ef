import { useEffect, useRef, useState } from "react";
import { AlertSeverity } from "../../../shared/agreement/alert-clauses.ts";
import { playSignal, readSignalChoices, showNotice, type SignalChoice, storeSignalChoices } from "../../live/alert-signals.ts";
import { SEVERITY_WORDS } from "./alert-filter.ts";

type Permission = NotificationPermission | "unknown";

function permission(): Permission {
  return "Notification" in window ? Notification.permission : "unknown";
}

const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  granted: "This browser may show notices.",
  default: "This browser asks first when a notice is switched on.",
  denied: "Notices are blocked for this site; allow them in the settings of the browser.",
  unknown: "This browser shows no notices.",
};

/** Notices and sound of this browser, by severity; off until somebody switches them on. */
export function SignalSettings(): React.JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <>
      <button className="btn bare" type="button" onClick={() => setOpen(true)}>
        Notices and sound
      </button>
      <dialog ref={dialog} className="overlay" aria-labelledby="signals-title" onClose={() => setOpen(false)}>
        {isOpen && <SignalForm onClose={() => setOpen(false)} />}
      </dialog>
    </>
  );
}

function SignalForm({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const [choices, setChoices] = useState(readSignalChoices);
  const [allowed, setAllowed] = useState(permission);
  const change = async (severity: AlertSeverity, part: Partial<SignalChoice>) => {
    const next = { ...choices, [severity]: { ...choices[severity], ...part } };
    setChoices(next);
    storeSignalChoices(next);
    if (part.notice === true && permission() === "default") setAllowed(await Notification.requestPermission());
  };
  return (
    <>
      <h2 id="signals-title">Notices and sound in this browser</h2>
      <p className="small mid">When an alert is raised, comes again or gets worse; never for other changes.</p>
      <table className="t tight">
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Notice</th>
            <th scope="col">Sound</th>
            <th scope="col">
              <span className="sr">Try it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {AlertSeverity.options.toReversed().map((severity) => (
            <SignalRow key={severity} severity={severity} choice={choices[severity]} onChange={(part) => void change(severity, part)} />
          ))}
        </tbody>
      </table>
      <p className="small quiet">{PERMISSION_WORDS[allowed]}</p>
      <button className="btn main" type="button" onClick={onClose}>
        Close
      </button>
    </>
  );
}

interface SignalRowProps {
  readonly severity: AlertSeverity;
  readonly choice: SignalChoice;
  readonly onChange: (part: Partial<SignalChoice>) => void;
}

function SignalRow({ severity, choice, onChange }: SignalRowProps): React.JSX.Element {
  const word = SEVERITY_WORDS[severity];
  const test = () => {
    if (choice.sound) playSignal(severity);
    if (choice.notice)
      showNotice({ title: "Accord", body: `A ${severity} alert would say so like this.`, tag: `test ${severity}` }, () => undefined);
  };
  return (
    <tr>
      <th scope="row">{word}</th>
      <td>
        <input
          type="checkbox"
          aria-label={`Notice of ${word.toLowerCase()} alerts`}
          checked={choice.notice}
          onChange={(event) => onChange({ notice: event.target.checked })}
        />
      </td>
      <td>
        <input
          type="checkbox"
          aria-label={`Sound of ${word.toLowerCase()} alerts`}
          checked={choice.sound}
          onChange={(event) => onChange({ sound: event.target.checked })}
        />
      </td>
      <td>
        <button className="btn" type="button" disabled={!choice.sound && !choice.notice} onClick={test}>
          Test<span className="sr"> {word.toLowerCase()}</span>
        </button>
      </td>
    </tr>
  );
}
