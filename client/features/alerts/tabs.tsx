import { Link } from "react-router";
import { paths } from "../../live/paths.ts";
import { type Tab, TABS } from "./alert-lanes.ts";

const TITLES: Readonly<Record<Tab, string>> = { open: "Open", stale: "Stale", snoozed: "Snoozed", resolved: "Resolved" };

interface TabsProps {
  readonly tab: Tab;
  readonly counts: Readonly<Record<Tab, number>>;
  readonly query: URLSearchParams;
}

function searchOf(query: URLSearchParams, tab: Tab): string {
  const changed = new URLSearchParams(query);
  if (tab === "open") changed.delete("lane");
  else changed.set("lane", tab);
  return changed.toString();
}

/** The lanes as pages, each with how much of what is asked for it holds. */
export function Tabs({ tab, counts, query }: TabsProps): React.JSX.Element {
  return (
    <nav className="tabs" aria-label="Lanes">
      {TABS.map((each) => (
        <Link key={each} to={{ pathname: paths.alerts(), search: searchOf(query, each) }} aria-current={each === tab ? "page" : undefined}>
          {TITLES[each]} <span className="n">{counts[each]}</span>
        </Link>
      ))}
    </nav>
  );
}
