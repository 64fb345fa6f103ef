import type { Logger } from "pino";
import { toError } from "../shared/protocol/errors.ts";

interface Step {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** Closes parts in the order of the list; a part that fails or hangs does not keep the process from ending. */
export async function shutDown(
  steps: readonly Step[],
  options: { readonly logger: Logger; readonly deadlineMs: number },
): Promise<"clean" | "late"> {
  const { logger, deadlineMs } = options;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), deadlineMs);
  });
  const all = async (): Promise<"clean"> => {
    for (const { name, run } of steps) {
      await run().catch((error: unknown) => logger.warn({ event: "close-failed", part: name, reason: toError(error).message }));
    }
    return "clean";
  };
  const result = await Promise.race([all(), late]);
  clearTimeout(timer);
  return result;
}
