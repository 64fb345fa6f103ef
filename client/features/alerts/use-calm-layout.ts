import { useState } from "react";
import { type Layout, layoutOf, type ListedAlert, unseen } from "./alert-lanes.ts";

interface CalmLayout {
  readonly layout: Layout;
  /** Alerts that wait until the reader asks for them. */
  readonly waiting: number;
  readonly show: () => void;
  /** For the list: while the pointer or the focus is inside, nothing moves. */
  readonly hold: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: (event: React.FocusEvent) => void;
  };
}

/** A list that does not reorder under the pointer or the focus; what is new waits as a count. */
export function useCalmLayout(alerts: readonly ListedAlert[]): CalmLayout {
  const [held, setHeld] = useState<Layout | null>(null);
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const layout = held ?? layoutOf(alerts);
  const freeze = () => setHeld((known) => known ?? layoutOf(alerts));
  return {
    layout,
    waiting: unseen(layout, alerts),
    show: () => setHeld(layoutOf(alerts)),
    hold: {
      onPointerEnter: () => {
        setPointed(true);
        freeze();
      },
      onPointerLeave: () => {
        setPointed(false);
        if (!isFocused) setHeld(null);
      },
      onFocus: () => {
        setFocused(true);
        freeze();
      },
      onBlur: (event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setFocused(false);
        if (!isPointed) setHeld(null);
      },
    },
  };
}
