import { useEffect, useRef } from "react";
import { Outlet, useLocation } from "react-router";
import { isFresh } from "../live/connection.ts";
import { useConnection } from "../live/live-context.ts";
import { HatchPattern } from "../ui/hatch-pattern.tsx";
import { LineBanners } from "./line-banners.tsx";
import { LiveRegions } from "./live-regions.tsx";
import { PageFoot } from "./page-foot.tsx";
import { TopBar } from "./top-bar.tsx";

function holdsFocus(part: HTMLElement | null): boolean {
  const focused = document.activeElement;
  return focused !== null && part?.contains(focused) === true && focused.checkVisibility();
}

/** The frame of every screen behind the sign-in. */
export function Shell(): React.JSX.Element {
  const connection = useConnection();
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const lastPath = useRef(pathname);
  useEffect(() => {
    // A new page starts at its heading, as it would with a full load; the first one keeps the browser's own focus,
    // and so does a list that stays beside what it opens.
    if (lastPath.current !== pathname && !holdsFocus(main.current)) main.current?.focus();
    lastPath.current = pathname;
  }, [pathname]);
  return (
    <>
      <HatchPattern />
      <a className="skip" href="#main">
        Skip to content
      </a>
      <TopBar />
      <LineBanners />
      <main id="main" ref={main} tabIndex={-1} className={isFresh(connection) ? undefined : "dimmed"}>
        <Outlet />
      </main>
      <PageFoot />
      <LiveRegions />
    </>
  );
}
