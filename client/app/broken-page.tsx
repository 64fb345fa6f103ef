import { useRouteError } from "react-router";
import { toError } from "../../shared/protocol/errors.ts";
import { Failed } from "../ui/panel-state.tsx";

/** Last resort: an error that no screen expected. */
export function BrokenPage(): React.JSX.Element {
  const error = toError(useRouteError());
  return (
    <main>
      <title>Something broke · Accord</title>
      <h1>This page broke</h1>
      <Failed
        message={error.message}
        remedy="Reload the page; nothing on the server is affected."
        onRetry={() => window.location.reload()}
      />
    </main>
  );
}
