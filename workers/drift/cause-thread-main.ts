import { parentPort, workerData } from "node:worker_threads";
import { causeOfChange } from "../../shared/drift/cause.ts";
import type { CauseQuestion } from "../../shared/drift/cause-cell.ts";

if (parentPort === null) throw new Error("cause-thread-main.ts is the beginning of a thread, see cause-apart.ts");
const question: CauseQuestion = workerData;
parentPort.postMessage(causeOfChange(question));
