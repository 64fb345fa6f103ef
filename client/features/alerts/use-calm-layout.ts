import { useEffect, useState } from "react";
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
    readonly onBlur: () => void;
  };
}

/** A list that does not reorder under the pointer or the focus; what is new waits as a count. */
export function useCalmLayout(alerts: readonly ListedAlert[]): CalmLayout {
  const [layout, setLayout] = useState(() => layoutOf(alerts));
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const isHeld = (isPointed || isFocused) && layout.order.length > 0;
  useEffect(() => {
    if (!isHeld) setLayout(layoutOf(alerts));
  }, [alerts, isHeld]);
  return {
    layout,
    waiting: unseen(layout, alerts),
    show: () => setLayout(layoutOf(alerts)),
    hold: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}
