import { useEffect, useRef } from "react";
import "./overlay.css";

interface OverlayProps {
  readonly isOpen: boolean;
  /** The id of the heading inside. */
  readonly titleId: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** A dialog over the page, which holds the focus until it is closed. */
export function Overlay({ isOpen, titleId, onClose, children }: OverlayProps): React.JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="overlay" aria-labelledby={titleId} onClose={onClose}>
      {children}
    </dialog>
  );
}
