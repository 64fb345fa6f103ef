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
  return isTypedIn(target) || target.closest("dialog") !== null;
}

function isTypedIn(target: Element): boolean {
  const isTicked = target instanceof HTMLInputElement && target.type === "checkbox";
  return !isTicked && target.matches("input, select, textarea, [contenteditable]");
}

/**
 * The field that letters were typed into last, until somebody leaves or sends it. One that vanished or was switched off is no
 * reason to take the next letters for commands: they were meant for it.
 */
function watchTyping(): { readonly isCutOff: () => boolean; readonly stop: () => void } {
  let field: Element | null = null;
  const enter = ({ target }: FocusEvent) => {
    // What only a program can focus, such as the page after a change of address, is nobody's choice.
    if (target instanceof HTMLElement && target.tabIndex >= 0) field = isTypedIn(target) ? target : null;
  };
  const leave = () => void (field = null);
  const onKey = ({ key }: KeyboardEvent) => key === "Escape" && leave();
  document.addEventListener("focusin", enter, true);
  document.addEventListener("keydown", onKey, true);
  for (const event of ["pointerdown", "submit"]) document.addEventListener(event, leave, true);
  return {
    isCutOff: () => field !== null && (!field.isConnected || field.matches(":disabled")),
    stop: () => {
      document.removeEventListener("focusin", enter, true);
      document.removeEventListener("keydown", onKey, true);
      for (const event of ["pointerdown", "submit"]) document.removeEventListener(event, leave, true);
    },
  };
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
    const typing = watchTyping();
    const onKeyDown = (event: KeyboardEvent) => {
      const isChord = event.ctrlKey || event.metaKey || event.altKey;
      const isOurs = !isChord && !event.defaultPrevented && !isTaken(event.target) && !typing.isCutOff();
      const run = isOurs ? latest.current[event.key] : undefined;
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      typing.stop();
    };
  }, [isOn]);
}
