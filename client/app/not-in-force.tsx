import { Link } from "react-router";
import type { AgreementCard } from "../live/live-context.ts";
import { paths } from "../live/paths.ts";
import { Empty } from "../ui/panel-state.tsx";

/** What stands on the pages of an agreement that cannot have begun: nothing is counted before both sides have signed. */
export function NotInForce({ card }: { readonly card: AgreementCard }): React.JSX.Element {
  return (
    <>
      <title>{`${card.name} · Accord`}</title>
      <h1>{card.name} is not in force yet</h1>
      <Empty action={<Link to={paths.versions(card.id)}>See the version that waits</Link>}>
        Money and claims begin with the first version that both sides have signed.
      </Empty>
    </>
  );
}
