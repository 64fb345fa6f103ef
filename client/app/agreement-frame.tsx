import { Suspense } from "react";
import { Link, NavLink, Outlet, useLocation, useParams } from "react-router";
import { useAgreement, useLive } from "../live/live-context.ts";
import { paths } from "../live/paths.ts";
import { Boundary } from "../ui/boundary.tsx";
import { Loading, NotPermitted } from "../ui/panel-state.tsx";
import { NavCount } from "./nav-count.tsx";
import { NotInForce } from "./not-in-force.tsx";
import { agreementPages } from "./nav-items.ts";
import "./agreement-frame.css";

/** The frame of everything that belongs to one agreement: where this is, and its pages. */
export function AgreementFrame(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const { pathname } = useLocation();
  const { cards } = useLive();
  const state = useAgreement(agreementId);
  const card = cards.find(({ id }) => id === agreementId);
  if (card === undefined) return <Missing />;
  const isUnborn = !card.inForce && [paths.money(agreementId), paths.claims(agreementId)].some((page) => pathname.startsWith(page));
  return (
    <>
      <nav className="crumb" aria-label="Where this is">
        <Link to={paths.agreements()}>Agreements</Link> / {card.name}
      </nav>
      <nav className="tabs frame-tabs" aria-label={`Pages of ${card.name}`}>
        {agreementPages(agreementId, state, cards).map((item) => (
          <NavLink key={item.to} to={item.to}>
            {item.label}
            <NavCount item={item} />
          </NavLink>
        ))}
      </nav>
      <Boundary key={pathname} instead={<p className="mid">This page could not be loaded. Reload it; Accord may have been updated.</p>}>
        <Suspense fallback={<Loading what="the page" />}>{isUnborn ? <NotInForce card={card} /> : <Outlet />}</Suspense>
      </Boundary>
    </>
  );
}

function Missing(): React.JSX.Element {
  return (
    <>
      <h1>There is no such agreement</h1>
      <NotPermitted>
        It does not exist, or you are not part of it. <Link to={paths.board()}>Go to the board</Link>
      </NotPermitted>
    </>
  );
}
