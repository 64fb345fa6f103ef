import { useEffectEvent, useRef, useState } from "react";
import { GroupUpload } from "../../../shared/protocol/archive-routes.ts";
import { Receipt } from "../../../shared/protocol/receipt.ts";
import { asAppError } from "../../live/use-request.ts";
import { sendFile } from "./send-file.ts";
import type { Upload, UploadState, UploadTarget } from "./upload.ts";

interface Uploads {
  readonly uploads: readonly Upload[];
  readonly isBusy: boolean;
  readonly add: (to: UploadTarget, files: readonly File[]) => void;
  readonly retry: (upload: Upload) => void;
  /** Takes a file that waits, failed or is done off the list. */
  readonly remove: (key: string) => void;
}

const KEPT = 50;

function pathOf({ kind, id }: UploadTarget): string {
  return `/api/v1/${kind === "group" ? "feed-groups" : "feeds"}/${encodeURIComponent(id)}/uploads`;
}

/** Sends files one after another, in the order in which they were given; each can be stopped and sent again. */
export function useUploads(serverNowMs: () => number, onReceipt: (receipt: Receipt) => void): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const queue = useRef<Upload[]>([]);
  const [isBusy, setBusy] = useState(false);
  const running = useRef(false);
  const put = (key: string, progress: UploadState) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, progress } : upload)));
  const handIn = useEffectEvent(onReceipt);
  const send = async ({ key, to, file }: Upload) => {
    const stopper = new AbortController();
    const startedAtMs = serverNowMs();
    const onProgress = (sent: number, total: number) => put(key, { state: "sending", sent, total, stop: () => stopper.abort() });
    onProgress(0, file.size);
    try {
      const attempt = { path: pathOf(to), file, idempotencyKey: key, onProgress, signal: stopper.signal };
      if (to.kind === "group") return put(key, { state: "shared", outcome: await sendFile({ ...attempt, answer: GroupUpload }) });
      const receipt = await sendFile({ ...attempt, answer: Receipt });
      // A receipt from before this upload means that Accord already had exactly these bytes.
      put(key, { state: "done", receipt, isKnown: receipt.acceptedAtMs < startedAtMs - 60_000 });
      return handIn(receipt);
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      return put(key, { state: "failed", message: `${message} ${remedy}` });
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
    add: (to, files) => {
      const added = files.map((file): Upload => ({ key: crypto.randomUUID(), to, file, progress: { state: "waiting" } }));
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
