// First, so that no schema is made before it knows that text may not be evaluated here.
import "../../live/without-eval.ts";
import { dryRun } from "../../../shared/feeds/propose/dry-run.ts";
import { propose } from "../../../shared/feeds/propose/propose.ts";
import { readSample } from "../../../shared/feeds/propose/read-sample.ts";
import { type WizardAnswer, WizardTask } from "./wizard-message.ts";

/** A page has enough of seeing rows counted ten times a second. */
const PROGRESS_MS = 100;

function tell(answer: WizardAnswer): void {
  globalThis.postMessage(answer);
}

async function* piecesOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

async function carryOut(task: WizardTask): Promise<void> {
  if (task.kind === "look") {
    const outcome = await readSample(piecesOf(task.file));
    tell({ kind: "looked", looked: "sample" in outcome ? { proposal: propose(outcome.sample) } : outcome });
    return;
  }
  let toldAt = 0;
  let last: WizardAnswer | null = null;
  for await (const run of dryRun(task.definition, piecesOf(task.file), { handedInMs: task.handedInMs })) {
    last = { kind: "tried", run, isDone: true };
    if (performance.now() - toldAt < PROGRESS_MS) continue;
    toldAt = performance.now();
    tell({ kind: "tried", run, isDone: false });
  }
  if (last !== null) tell(last);
}

globalThis.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  carryOut(WizardTask.parse(data)).catch((thrown: unknown) =>
    tell({ kind: "failed", message: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
});
