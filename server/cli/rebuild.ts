import { type Command, CommandError } from "./command.ts";
import { onStoppedSystem } from "./stopped-system.ts";
import { runWorkerProgram } from "./worker-program.ts";

/**
 * `accord rebuild`: makes a lost Redis anew from the mirrors of the ledgers and the raw files. Stop the system before.
 * Exit code 1 when something could not be rebuilt, or was judged otherwise than the ledger has it.
 */
export const rebuild: Command = async (input) => {
  if (input.args.length > 0) throw new CommandError("rebuild takes no arguments; it rebuilds every agreement that has a mirror.");
  return await onStoppedSystem(input, "accord rebuild", async (env) => await runWorkerProgram({ entry: "rebuild/main.ts", env }));
};
