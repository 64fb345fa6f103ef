import { useEffect, useEffectEvent, useRef, useState } from "react";

interface DropZoneProps {
  readonly isBusy?: boolean;
  /** Whether several files may be taken at once. */
  readonly takesMany?: boolean;
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children?: React.ReactNode;
}

/** Whether something is dragged over the page; what is dropped anywhere on it is taken. */
function usePageDrop(onDrop: (files: FileList | null) => void): boolean {
  const [isOver, setOver] = useState(false);
  const drop = useEffectEvent((event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onDrop(event.dataTransfer?.files ?? null);
  });
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const dropped = (event: DragEvent) => drop(event);
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", dropped);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", dropped);
    };
  }, []);
  return isOver;
}

/** Takes files, dropped anywhere on the page or chosen. */
export function DropZone({ isBusy = false, takesMany = false, label, onFiles, children }: DropZoneProps): React.JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const all = [...(files ?? [])];
    const wanted = takesMany ? all : all.slice(0, 1);
    if (wanted.length > 0 && !isBusy) onFiles(wanted);
  };
  const isOver = usePageDrop(take);
  return (
    <div className={isOver ? "drop over" : "drop"}>
      <input
        ref={input}
        className="sr"
        type="file"
        multiple={takesMany}
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <p>
        {takesMany ? "Drop files anywhere on this page, or " : "Drop a file anywhere on this page, or "}
        <button className="btn" type="button" disabled={isBusy} onClick={() => input.current?.click()}>
          {takesMany ? "Choose files" : "Choose a file"}
        </button>
      </p>
      {children}
    </div>
  );
}
