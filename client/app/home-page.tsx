import { Navigate } from "react-router";
import { useLive } from "../live/live-context.ts";
import { paths } from "../live/paths.ts";
import { isProviderOnly } from "./nav-items.ts";

/** Providers start at their feeds, everybody else at the verdicts. */
export function HomePage(): React.JSX.Element {
  const { cards, person } = useLive();
  return <Navigate to={isProviderOnly(person, cards) ? paths.feeds() : paths.board()} replace />;
}
