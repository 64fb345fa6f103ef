import { Mark } from "./status/mark.tsx";
import "./panel-state.css";

/** Grey shapes in place of content, after 200 ms. */
export function Loading({ what }: { readonly what: string }): React.JSX.Element {
  return (
    <div className="loading" role="status" aria-label={`Loading ${what}`}>
      <div className="bone w" />
      <div className="bone" />
      <div className="bone l" />
    </div>
  );
}

/** Nothing there yet, with what to do next. */
export function Empty({ children, action }: { readonly children: React.ReactNode; readonly action?: React.ReactNode }): React.JSX.Element {
  return (
    <div className="panel-note">
      <p className="mid">{children}</p>
      {action}
    </div>
  );
}

/** Could not be read: what happened, what to do, and a button to try again. */
export function Failed({
  message,
  remedy,
  onRetry,
}: {
  readonly message: string;
  readonly remedy: string;
  readonly onRetry?: () => void;
}): React.JSX.Element {
  return (
    <div className="panel-note" role="group" aria-label="Could not be read">
      <p className="err">
        <Mark kind="missed" />
        <span>
          <b>{message}</b> {remedy}
        </span>
      </p>
      {onRetry !== undefined && (
        <button className="btn" type="button" onClick={onRetry}>
          Try now
        </button>
      )}
    </div>
  );
}

export function NotPermitted({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <div className="panel-note">
      <p className="mid">{children}</p>
    </div>
  );
}
