import { useRef } from "react";

/** Gives what is sent an operation id; the same content keeps its id, so that a second attempt counts once. */
export function useOperation(): (content: unknown) => string {
  const last = useRef({ text: "", id: "" });
  return (content) => {
    const text = JSON.stringify(content);
    if (last.current.text !== text) last.current = { text, id: crypto.randomUUID() };
    return last.current.id;
  };
}
