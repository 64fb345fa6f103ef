import type { FavourCounts, Restatement } from "../../shared/protocol/restatement.ts";
import type { Favour } from "../../shared/settlement/favour.ts";
import { formatCount } from "../../shared/metrics/format.ts";
import { spanWords } from "../ui/zone-time.ts";
import { countWords } from "./count-words.ts";

/** What a correction did, in one line: "Receipt 12 changed 3 rows and turned 1 closed verdict". */
export function restatementFinding({ receipt, rows, flipped, verdictsChanged }: Restatement): string {
  const changed = `Receipt ${receipt} changed ${countWords(rows, "known row")}`;
  if (flipped > 0) return `${changed} and turned ${countWords(flipped, "closed verdict")}`;
  if (verdictsChanged > 0) return `${changed}; ${countWords(verdictsChanged, "figure moved", "figures moved")}, no closed verdict turned`;
  return `${changed}; no figure moved`;
}

/** How late a correction came. */
export function latenessWords({ lateMs }: Restatement): string {
  return lateMs === 0 ? "while the last day it touches still ran" : `${spanWords(lateMs)} after the last day it touches had ended`;
}

const FAVOURS = {
  provider: "in the provider's favour",
  client: "in the client's favour",
  neutral: "in nobody's favour",
} as const satisfies Record<Favour, string>;

export function favourWords(favour: Favour): string {
  return FAVOURS[favour];
}

/** "of 9 corrections of this feed that moved a figure one way, 7 favoured the provider". */
export function favourCountWords({ provider, client }: FavourCounts): string {
  const all = provider + client;
  if (all === 0) return "No correction of this feed has moved its targets one way so far.";
  const which = all === 1 ? "The one correction" : `Of the ${formatCount(all)} corrections`;
  const whom = all === 1 ? `favoured the ${provider === 1 ? "provider" : "client"}` : `${formatCount(provider)} favoured the provider`;
  return `${which} of this feed that moved its targets one way${all === 1 ? " " : ", "}${whom}.`;
}
