import { useRef, useState } from "react";

/** Takes one file, dropped or chosen. */
export function DropZone({ isBusy, onFile }: { readonly isBusy: boolean; readonly onFile: (file: File) => void }): React.JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined && !isBusy) onFile(file);
  };
  return (
    <div
      className={isOver ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        ref={input}
        className="sr"
        type="file"
        tabIndex={-1}
        aria-label="File to hand in"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <p>
        Drop a file here, or{" "}
        <button className="btn" type="button" disabled={isBusy} onClick={() => input.current?.click()}>
          Choose a file
        </button>
      </p>
      <p className="small quiet">CSV as the feed's definition says. A corrected file replaces the rows it repeats; nothing counts twice.</p>
    </div>
  );
}
