import { Link } from "react-router";
import { paths } from "../live/paths.ts";

export function NotFoundPage(): React.JSX.Element {
  return (
    <>
      <title>Not found · Accord</title>
      <h1>There is no such page</h1>
      <p className="mid lede">
        The address may be mistyped, or it belongs to an agreement you are not part of. <Link to={paths.home()}>Go to the start</Link>
      </p>
    </>
  );
}
