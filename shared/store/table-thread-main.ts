import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { readTable } from "../feeds/table.ts";
import { NODE_OPENING } from "./node-opening.ts";
import { type TableMessage, type TableTask, toMessage } from "./table-message.ts";

/** Parts that may be on their way before the reader asks for more. */
const AHEAD = 2;

if (parentPort === null) throw new Error("table-thread-main.ts is the beginning of a thread, see table-thread.ts");
const port = parentPort;
const task: TableTask = workerData;
const say = (message: TableMessage): void => port.postMessage(message);

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

let sent = 0;
let asked = 0;
port.on("message", () => (asked += 1));
for await (const part of readTable(task.definition, whole(task.file), NODE_OPENING)) {
  say(toMessage(part));
  sent += 1;
  while (sent - asked >= AHEAD) await once(port, "message");
}
say({ end: true });
port.close();
