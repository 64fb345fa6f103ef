import { Link } from "react-router";
import { useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import type { ListedAlert } from "./listed-alert.ts";

/** To the report on noise and answers of the agreement that is looked at, or of the first. */
export function ReportLink({ shown }: { readonly shown: ListedAlert | undefined }): React.JSX.Element | null {
  const { cards } = useLive();
  const agreementId = shown?.alert.agreementId ?? cards[0]?.id;
  if (agreementId === undefined) return null;
  return (
    <Link className="btn bare" to={paths.alertReport(agreementId)}>
      Noise
    </Link>
  );
}
