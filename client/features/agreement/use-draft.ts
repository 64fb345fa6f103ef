import { useState } from "react";

/** A text that is being written: kept in this tab, so that a reload or a look at another page loses nothing. */
export function useDraft(
  key: string,
  start: string,
): { text: string; isChanged: boolean; write: (text: string) => void; drop: () => void } {
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? start);
  return {
    text,
    isChanged: text !== start,
    write: (next) => {
      setText(next);
      sessionStorage.setItem(key, next);
    },
    drop: () => {
      setText(start);
      sessionStorage.removeItem(key);
    },
  };
}
