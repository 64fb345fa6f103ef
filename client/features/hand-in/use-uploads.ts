import { useEffectEvent, useRef, useState } from "react";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { asAppError } from "../../live/use-request.ts";
import { sendFile } from "./send-file.ts";
import type { Upload, UploadState } from "./upload.ts";

interface Uploads {
  readonly uploads: readonly Upload[];
  readonly isBusy: boolean;
  readonly add: (feedId: string, files: readonly File[]) => void;
  readonly retry: (upload: Upload) => void;
  /** Takes a file that waits, failed or is done off the list. */
  readonly remove: (key: string) => void;
}

const KEPT = 50;

/** Sends files one after another, in the order in which they were given; each can be stopped and sent again. */
export function useUploads(serverNowMs: () => number, onReceipt: (receipt: Receipt) => void): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const queue = useRef<Upload[]>([]);
  const [isBusy, setBusy] = useState(false);
  const running = useRef(false);
  const put = (key: string, progress: UploadState) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, progress } : upload)));
  const handIn = useEffectEvent(onReceipt);
  const send = async ({ key, feedId, file }: Upload) => {
    const stopper = new AbortController();
    const startedAtMs = serverNowMs();
    const onProgress = (sent: number, total: number) => put(key, { state: "sending", sent, total, stop: () => stopper.abort() });
    onProgress(0, file.size);
    try {
      const receipt = await sendFile({ feedId, file, idempotencyKey: key, onProgress, signal: stopper.signal });
      // A receipt from before this upload means that Accord already had exactly these bytes.
      put(key, { state: "done", receipt, isKnown: receipt.acceptedAtMs < startedAtMs - 60_000 });
      handIn(receipt);
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      put(key, { state: "failed", message: `${message} ${remedy}` });
    }
  };
  const run = async () => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    for (let next = queue.current.shift(); next !== undefined; next = queue.current.shift()) await send(next);
    running.current = false;
    setBusy(false);
  };
  const enqueue = (added: readonly Upload[]) => {
    queue.current.push(...added);
    void run();
  };
  return {
    uploads,
    isBusy,
    add: (feedId, files) => {
      const added = files.map((file): Upload => ({ key: crypto.randomUUID(), feedId, file, progress: { state: "waiting" } }));
      setUploads((all) => [...added, ...all].slice(0, KEPT));
      enqueue(added);
    },
    retry: (upload) => {
      put(upload.key, { state: "waiting" });
      enqueue([upload]);
    },
    remove: (key) => {
      queue.current = queue.current.filter((upload) => upload.key !== key);
      setUploads((all) => all.filter((upload) => upload.key !== key));
    },
  };
}
