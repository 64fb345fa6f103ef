import type { FeedDefinition } from "../../../shared/feeds/definition.ts";
import type { DryRun } from "../../../shared/feeds/propose/dry-run.ts";
import { AppError } from "../../../shared/protocol/errors.ts";
import { type Looked, WizardAnswer, type WizardTask } from "./wizard-message.ts";

const FAILED = "Choose another file, or tell the administrator.";

/** Runs one task in a thread of its own, so that the page stays quick; the thread ends with the task. @returns what ends it early. */
function inThread(task: WizardTask, onAnswer: (answer: WizardAnswer) => boolean, onFailure: (error: AppError) => void): () => void {
  const thread = new Worker(new URL("wizard-thread.ts", import.meta.url), { type: "module" });
  const fail = (message: string) => {
    thread.terminate();
    onFailure(new AppError("internal", `The file could not be read here: ${message}.`, FAILED));
  };
  thread.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const answer = WizardAnswer.parse(data);
    if (answer.kind === "failed") fail(answer.message);
    else if (onAnswer(answer)) thread.terminate();
  });
  thread.addEventListener("error", ({ message }) => fail(message));
  thread.postMessage(task);
  return () => thread.terminate();
}

/** Looks at the beginning of a file. Nothing leaves the browser. */
export function lookAt(file: File): Promise<Looked> {
  const { promise, resolve, reject } = Promise.withResolvers<Looked>();
  inThread(
    { kind: "look", file },
    (answer) => {
      if (answer.kind === "looked") resolve(answer.looked);
      return true;
    },
    reject,
  );
  return promise;
}

export interface Trial {
  readonly file: File;
  readonly definition: FeedDefinition;
  readonly handedInMs: number;
}

/** Reads a whole file as the server would. Nothing leaves the browser. @returns what ends it early. */
export function tryFile(trial: Trial, onRun: (run: DryRun, isDone: boolean) => void, onFailure: (error: AppError) => void): () => void {
  const onAnswer = (answer: WizardAnswer): boolean => {
    if (answer.kind !== "tried") return true;
    onRun(answer.run, answer.isDone);
    return answer.isDone;
  };
  return inThread({ kind: "try", ...trial }, onAnswer, onFailure);
}
