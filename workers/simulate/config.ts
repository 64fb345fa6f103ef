import path from "node:path";
import { z } from "zod";

const Environment = z.object({
  ACCORD_DEMO_KEYS: z.string().min(1, { error: "must name the file with the API keys of the demo feeds" }),
  ACCORD_STATE_DIR: z.string().min(1).optional(),
  ACCORD_SIMULATOR_SEED: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/u, { error: "must be 1 to 40 of a-z, 0-9 and -" })
    .default("accord"),
  ACCORD_SIMULATOR_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,2}$/u, { error: "must be a number of days, 1 to 999" })
    .default("60"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

export interface SimulatorConfig {
  readonly keysFile: string;
  /** Where the simulator keeps its progress. */
  readonly progressFile: string;
  readonly seed: string;
  readonly historyDays: number;
  readonly logLevel: string;
}

/**
 * Reads the simulator's settings.
 *
 * @returns the settings, or every problem at once, one sentence each.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): { config: SimulatorConfig } | { problems: string[] } {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) };
  const { ACCORD_DEMO_KEYS: keysFile, ACCORD_STATE_DIR: stateDir = path.dirname(keysFile), ...rest } = parsed.data;
  return {
    config: {
      keysFile,
      progressFile: path.join(stateDir, "simulator.json"),
      seed: rest.ACCORD_SIMULATOR_SEED,
      historyDays: Number(rest.ACCORD_SIMULATOR_DAYS),
      logLevel: rest.LOG_LEVEL,
    },
  };
}
