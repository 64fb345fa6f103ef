import { useEffect, useRef, useState } from "react";

const STORED_AS = "accord-single-keys";

/** Whether single keys work here; kept in this browser. */
export function useSingleKeys(): readonly [boolean, (isOn: boolean) => void] {
  const [isOn, setOn] = useState(() => localStorage.getItem(STORED_AS) !== "off");
  const change = (next: boolean) => {
    if (next) localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, "off");
    setOn(next);
  };
  return [isOn, change];
}

/** Whether a key belongs to what has the focus: letters are typed there, or a dialog is open. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const isTicked = target instanceof HTMLInputElement && target.type === "checkbox";
  return (!isTicked && target.matches("input, select, textarea, [contenteditable]")) || target.closest("dialog") !== null;
}

/**
 * Single keys of the page while no field has the focus. They can be switched off (WCAG 2.1.4).
 *
 * @param keys what each key does, by `KeyboardEvent.key`.
 */
export function useInboxKeys(isOn: boolean, keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const isChord = event.ctrlKey || event.metaKey || event.altKey;
      const run = isChord || event.defaultPrevented || isTaken(event.target) ? undefined : latest.current[event.key];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isOn]);
}
