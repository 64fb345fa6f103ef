import { useState } from "react";

export interface Held<T> {
  /** The value as it was when the pointer or the focus came in; the newest one otherwise. */
  readonly value: T;
  /** Takes the newest value although somebody is inside. */
  readonly refresh: () => void;
  /** For the element that must keep still. */
  readonly hold: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: (event: React.FocusEvent) => void;
  };
}

/** Keeps a value still while somebody points at it or works in it: nothing may move under a pointer or a focus. */
export function useHeld<T>(newest: T): Held<T> {
  const [kept, setKept] = useState<{ readonly value: T } | null>(null);
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const keep = () => setKept((known) => known ?? { value: newest });
  return {
    value: kept === null ? newest : kept.value,
    refresh: () => setKept({ value: newest }),
    hold: {
      onPointerEnter: () => {
        setPointed(true);
        keep();
      },
      onPointerLeave: () => {
        setPointed(false);
        if (!isFocused) setKept(null);
      },
      onFocus: () => {
        setFocused(true);
        keep();
      },
      onBlur: (event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setFocused(false);
        if (!isPointed) setKept(null);
      },
    },
  };
}
