import { useCallback, useEffect, useState } from "react";
import { Navigate, useLocation, useNavigate } from "react-router";
import { AppError } from "../../shared/protocol/errors.ts";
import { Announcer } from "../live/announcer.ts";
import { type Live, LiveContext } from "../live/live-context.ts";
import { LiveStore } from "../live/live-store.ts";
import { paths } from "../live/paths.ts";
import { SocketClient } from "../live/socket-client.ts";
import { useRequest } from "../live/use-request.ts";
import { Failed, Loading } from "../ui/panel-state.tsx";
import { announceEntries } from "./announce-entries.ts";
import { readSession, readStart, type Start } from "./session.ts";
import { Shell } from "./shell.tsx";
import { ringForEntries } from "./ring-for-entries.ts";
import { useFirstForce } from "./use-first-force.ts";

/** Everything behind the sign-in: knows who is there, keeps the line to the server, and leaves when the session ends. */
export function SignedIn(): React.JSX.Element {
  const { request, again } = useRequest(readStart);
  const [hasEnded, setEnded] = useState(false);
  const location = useLocation();
  const back = `${location.pathname}${location.search}`;
  if (hasEnded) return <Navigate to={`${paths.signIn()}?ended=1&back=${encodeURIComponent(back)}`} replace />;
  switch (request.state) {
    case "loading":
      return (
        <main>
          <Loading what="Accord" />
        </main>
      );
    case "failed":
      if (request.error.code === "not-signed-in") return <Navigate to={`${paths.signIn()}?back=${encodeURIComponent(back)}`} replace />;
      return (
        <main>
          <h1>Accord could not start</h1>
          <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />
        </main>
      );
    case "ready":
      return <Connected start={request.data} onEnded={() => setEnded(true)} reload={again} />;
  }
}

function Connected({
  start,
  onEnded,
  reload,
}: {
  readonly start: Start;
  readonly onEnded: () => void;
  readonly reload: () => void;
}): React.JSX.Element {
  const [live, setLive] = useState<Live | null>(null);
  const navigate = useNavigate();
  useFirstForce(start.cards, reload);
  const checkSession = useCallback(() => {
    // A refused connection does not say why; only the session route does.
    readSession().catch((thrown: unknown) => {
      if (thrown instanceof AppError && thrown.code === "not-signed-in") onEnded();
    });
  }, [onEnded]);
  useEffect(() => {
    const store = new LiveStore(Date.now);
    const announcer = new Announcer(Date.now);
    const socket = new SocketClient(store, checkSession);
    const unsubscribe = announceEntries(store, announcer);
    const stopBell = ringForEntries(store, (path) => void navigate(path));
    // One that nobody has signed yet has versions to read and no state to watch.
    socket.open(start.cards.filter((card) => card.inForce).map((card) => card.id));
    setLive({ store, socket, announcer, person: start.session.person, workspace: start.session.workspace, cards: start.cards, reload });
    return () => {
      unsubscribe();
      stopBell();
      socket.close();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new line only for another person or another list of agreements
  }, [start]);
  if (live === null) return <main />;
  return (
    <LiveContext value={live}>
      <Shell />
    </LiveContext>
  );
}
