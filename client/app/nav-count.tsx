import type { NavItem } from "./nav-items.ts";

/** How much waits behind a link, with what it counts for those who hear it; nothing where nothing waits. */
export function NavCount({ item }: { readonly item: NavItem }): React.JSX.Element | null {
  if (item.count === 0) return null;
  return (
    <span className="n">
      {item.count}
      <span className="sr"> {item.counted}</span>
    </span>
  );
}
