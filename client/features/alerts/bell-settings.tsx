import { useState } from "react";
import { AlertSeverity } from "../../../shared/agreement/alert-clauses.ts";
import { playTones, readBell, showPopUp, type BellChoice, storeBell } from "../../live/bell.ts";
import { SEVERITY_WORDS } from "./alert-filter.ts";
import { Overlay } from "./overlay.tsx";

type Permission = NotificationPermission | "unknown";

function permission(): Permission {
  return "Notification" in window ? Notification.permission : "unknown";
}

const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  granted: "This browser may show pop-ups.",
  default: "This browser asks first when a pop-up is switched on.",
  denied: "Pop-ups are blocked for this site; allow them in the settings of the browser.",
  unknown: "This browser shows no pop-ups.",
};

/** Sound and pop-ups of this browser, by severity; off until somebody switches them on. */
export function BellSettings(): React.JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button className="btn bare" type="button" onClick={() => setOpen(true)}>
        Sound and pop-ups
      </button>
      <Overlay isOpen={isOpen} titleId="bell-title" onClose={() => setOpen(false)}>
        {isOpen && <BellForm onClose={() => setOpen(false)} />}
      </Overlay>
    </>
  );
}

function BellForm({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const [choices, setChoices] = useState(readBell);
  const [allowed, setAllowed] = useState(permission);
  const change = async (severity: AlertSeverity, part: Partial<BellChoice>) => {
    const next = { ...choices, [severity]: { ...choices[severity], ...part } };
    setChoices(next);
    storeBell(next);
    if (part.popUp === true && permission() === "default") setAllowed(await Notification.requestPermission());
  };
  return (
    <>
      <h2 id="bell-title">Sound and pop-ups in this browser</h2>
      <p className="small mid">When an alert is raised, comes again, gets worse or has another reason; never for other changes.</p>
      <table className="t tight">
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Pop-up</th>
            <th scope="col">Sound</th>
            <th scope="col">
              <span className="sr">Try it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {AlertSeverity.options.toReversed().map((severity) => (
            <BellRow key={severity} severity={severity} choice={choices[severity]} onChange={(part) => void change(severity, part)} />
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

interface BellRowProps {
  readonly severity: AlertSeverity;
  readonly choice: BellChoice;
  readonly onChange: (part: Partial<BellChoice>) => void;
}

function BellRow({ severity, choice, onChange }: BellRowProps): React.JSX.Element {
  const word = SEVERITY_WORDS[severity];
  const test = () => {
    if (choice.sound) playTones(severity);
    if (choice.popUp)
      showPopUp({ title: "Accord", body: `A ${severity} alert would say so like this.`, tag: `test ${severity}` }, () => undefined);
  };
  return (
    <tr>
      <th scope="row">{word}</th>
      <td>
        <input
          type="checkbox"
          aria-label={`Pop-up of ${word.toLowerCase()} alerts`}
          checked={choice.popUp}
          onChange={(event) => onChange({ popUp: event.target.checked })}
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
        <button className="btn" type="button" disabled={!choice.sound && !choice.popUp} onClick={test}>
          Test<span className="sr"> {word.toLowerCase()}</span>
        </button>
      </td>
    </tr>
  );
}
