import { Link } from "react-router";
import { paths } from "../live/paths.ts";

export function Brand({ workspace }: { readonly workspace: string }): React.JSX.Element {
  return (
    <Link className="brand" to={paths.home()}>
      <svg className="mk" viewBox="0 0 20 20" aria-hidden="true">
        <path d="M3 17 9 3M17 17 11 3" strokeWidth="2.2" />
        <path d="M6 13h8" strokeWidth="1.4" />
      </svg>
      Accord {workspace !== "" && <small>{workspace}</small>}
    </Link>
  );
}
