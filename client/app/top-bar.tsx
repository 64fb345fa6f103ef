import { memo, useDeferredValue } from "react";
import { NavLink, useNavigate } from "react-router";
import { useLive, useLiveValue } from "../live/live-context.ts";
import { paths } from "../live/paths.ts";
import { useAgreementParts } from "../live/use-agreement-parts.ts";
import { useNowMinute } from "../live/use-now.ts";
import { bothClocks, clockIn, viewerZone } from "../ui/zone-time.ts";
import { Brand } from "./brand.tsx";
import { NavCount } from "./nav-count.tsx";
import { COUNTED, type NavItem, navItems } from "./nav-items.ts";
import { signOut } from "./session.ts";
import { ThemeButton } from "./theme-button.tsx";
import "./top-bar.css";

export function TopBar(): React.JSX.Element {
  const { workspace } = useLive();
  return (
    <header className="top">
      <Brand workspace={workspace} />
      <Nav />
      <div className="end">
        <Clock />
        <PauseButton />
        <ThemeButton />
        <SignOutButton />
      </div>
    </header>
  );
}

function Nav(): React.JSX.Element {
  const { person, cards } = useLive();
  // Counts come right after the figures and alerts of the same entries.
  const agreements = useDeferredValue(useAgreementParts(COUNTED));
  return (
    <nav className="nav" aria-label="Main">
      {navItems(person, cards, agreements).map((item) => (
        <Entry key={item.to} {...item} />
      ))}
    </nav>
  );
}

const Entry = memo(function Entry(item: NavItem) {
  return (
    <NavLink to={item.to}>
      {item.label}
      <NavCount item={item} />
    </NavLink>
  );
});

function Clock(): React.JSX.Element | null {
  const { cards } = useLive();
  const nowMs = useNowMinute();
  const zone = cards[0]?.timeZone;
  return zone === undefined ? null : <span className="zone">{bothClocks(zone, nowMs)}</span>;
}

/** Live content can be stopped (WCAG 2.2.2); what arrives meanwhile waits and is counted in the banner. */
function PauseButton(): React.JSX.Element {
  const { store } = useLive();
  const paused = useLiveValue((view) => view.paused);
  return (
    <button className="btn" type="button" aria-pressed={paused !== null} onClick={() => store.setPaused(paused === null)}>
      {paused === null ? "Pause live" : `Paused ${clockIn(viewerZone(), paused.sinceMs)}`}
    </button>
  );
}

function SignOutButton(): React.JSX.Element {
  const navigate = useNavigate();
  const leave = async () => {
    await signOut().catch(() => null);
    await navigate(paths.signIn());
  };
  return (
    <button className="btn bare" type="button" onClick={() => void leave()}>
      Sign out
    </button>
  );
}
