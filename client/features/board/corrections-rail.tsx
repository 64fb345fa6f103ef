import { memo } from "react";
import type { Restatement } from "../../../shared/protocol/restatement.ts";
import { paths } from "../../live/paths.ts";
import { favourWords, latenessWords, restatementFinding } from "../../live/restatement-words.ts";
import { Item } from "../../ui/item.tsx";
import { spanWords } from "../../ui/zone-time.ts";
import type { Board, BoardState } from "./board-rows.ts";

const SHOWN = 3;
const RECENT_MS = 3 * 86_400_000;

interface CorrectionsRailProps {
  readonly boards: readonly Board[];
  readonly nowMs: number;
}

interface Recent {
  readonly card: Restatement;
  readonly state: BoardState;
}

/** Corrections of the last three days, those that turned a closed verdict first; nothing when there are none. */
export const CorrectionsRail = memo(function CorrectionsRail({ boards, nowMs }: CorrectionsRailProps) {
  const recent = boards
    .flatMap(({ state }) => [...state.restatements.values()].map((card): Recent => ({ card, state })))
    .filter(({ card }) => nowMs - card.atMs < RECENT_MS)
    .toSorted((a, b) => Number(b.card.flipped > 0) - Number(a.card.flipped > 0) || b.card.atMs - a.card.atMs);
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby="rail-corrections">
      <div className="head">
        <h2 id="rail-corrections">
          Corrections <small className="quiet">{recent.length} in three days</small>
        </h2>
      </div>
      <ul className="items">
        {recent.slice(0, SHOWN).map(({ card, state }) => (
          <li key={`${state.agreement.id} ${card.receipt}`}>
            <Item
              to={paths.restatement(state.agreement.id, card.receipt)}
              mark={card.flipped > 0 ? "risk" : "notcounted"}
              markWord="correction"
              title={restatementFinding(card)}
              when={spanWords(nowMs - card.atMs)}
            >
              <span className="sub">
                {state.agreement.name}, {favourWords(card.favour)}, {latenessWords(card)}.
              </span>
            </Item>
          </li>
        ))}
      </ul>
    </section>
  );
});
