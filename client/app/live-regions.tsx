import { useSyncExternalStore } from "react";
import { useLive } from "../live/live-context.ts";

/** The two live regions of the page. They exist from the first paint, or screen readers miss what is put in. */
export function LiveRegions(): React.JSX.Element {
  const { announcer } = useLive();
  const said = useSyncExternalStore(announcer.subscribe, announcer.getSaid);
  return (
    <>
      <div className="sr" role="status">
        {said.polite}
      </div>
      <div className="sr" role="alert">
        {said.urgent}
      </div>
    </>
  );
}
