import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { countWords } from "../../live/count-words.ts";
import { useAgreement } from "../../live/live-context.ts";
import { Status } from "../../ui/status/status.tsx";

/** What the worker has made of a file by now. */
export function ReceiptOutcome({ first }: { readonly first: Receipt }): React.JSX.Element {
  const { state, counts } = useAgreement(first.agreementId)?.receipts.get(first.id) ?? first;
  if (state === "accepted" || state === "applying") return <span className="quiet">It is being read.</span>;
  if (state === "superseded") return <Status kind="notcounted">A later file took its place.</Status>;
  if (state === "rejected") return <Status kind="missed">Refused as a whole.</Status>;
  if (counts.rejected > 0) return <Status kind="risk">{countWords(counts.rejected, "row")} to mend.</Status>;
  return <Status kind="met">{countWords(counts.rows, "row")} read, none refused.</Status>;
}
