import { Overlay } from "./overlay.tsx";

const KEYS = [
  { keys: ["j", "k"], does: "next, previous" },
  { keys: ["a"], does: "acknowledge" },
  { keys: ["s"], does: "snooze" },
  { keys: ["c"], does: "comment" },
  { keys: ["e"], does: "resolve" },
  { keys: ["x"], does: "select" },
  { keys: ["r"], does: "useful, then noise" },
  { keys: ["u"], does: "undo" },
  { keys: ["?"], does: "all keys" },
] as const;
const IN_BAR: readonly string[] = ["j", "a", "s", "c", "e", "x", "?"];
const FIELD_KEYS = [
  { keys: ["Ctrl", "Enter"], does: "send what is written" },
  { keys: ["Esc"], does: "back to the list" },
] as const;

/** The most used keys, at the foot of the window. */
export function KeysBar({ isOn }: { readonly isOn: boolean }): React.JSX.Element | null {
  if (!isOn) return null;
  return (
    <p className="keys">
      {KEYS.filter(({ keys }) => IN_BAR.includes(keys[0])).map(({ keys, does }) => (
        <span key={does}>
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}{" "}
          {does}
        </span>
      ))}
    </p>
  );
}

interface KeysHelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

/** Every key, and the switch that turns single ones off. */
export function KeysHelp({ isOpen, onClose, isOn, onSwitch }: KeysHelpProps): React.JSX.Element {
  return (
    <Overlay isOpen={isOpen} titleId="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keys</h2>
      <dl className="key-list">
        {[...KEYS, ...FIELD_KEYS].map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input type="checkbox" checked={isOn} onChange={(event) => onSwitch(event.target.checked)} />
        Single keys work while no field has the focus
      </label>
      <button className="btn main" type="button" onClick={onClose}>
        Close
      </button>
    </Overlay>
  );
}
