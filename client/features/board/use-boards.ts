import { useMemo, useState } from "react";
import { useAgreementParts } from "../../live/use-agreement-parts.ts";
import { type Board, BOARD_PARTS, boardRows, type BoardState } from "./board-rows.ts";

/** Makes boards of states; one whose state is the same as before stays the same board. */
function createMaker(): (states: readonly BoardState[]) => readonly Board[] {
  let known: ReadonlyMap<BoardState, Board> = new Map();
  return (states) => {
    known = new Map(states.map((state) => [state, known.get(state) ?? { state, rows: boardRows(state) }]));
    return [...known.values()];
  };
}

/** The agreements of the person in the order of the list with their lines, as values that change only when the board must. */
export function useBoards(): readonly Board[] {
  const states = useAgreementParts(BOARD_PARTS);
  const [make] = useState(createMaker);
  return useMemo(() => make(states), [make, states]);
}
