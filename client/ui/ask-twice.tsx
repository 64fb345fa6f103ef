import { useState } from "react";

interface AskTwiceProps {
  /** What is read out after the button's word where several look alike. */
  readonly about?: string;
  readonly children: string;
  /** What really happens, on the second button. */
  readonly sure: string;
  readonly onSure: () => void;
}

/** A button for what cannot be undone: it says first what it will do, beside the way out. */
export function AskTwice({ about, children, sure, onSure }: AskTwiceProps): React.JSX.Element {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked)
    return (
      <button className="btn" type="button" onClick={() => setAsked(true)}>
        {children}
        {about !== undefined && <span className="sr"> {about}</span>}
      </button>
    );
  return (
    <>
      <button className="btn grave" type="button" onClick={onSure}>
        {sure}
      </button>
      <button className="btn" type="button" onClick={() => setAsked(false)}>
        Keep
      </button>
    </>
  );
}
