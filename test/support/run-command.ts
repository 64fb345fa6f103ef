import type { Command } from "../../server/cli/command.ts";

/** Runs a command of the `accord` program and returns what it printed. */
export async function runCommand(command: Command, args: readonly string[], now: number): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await command({ args, env: {}, now, print: (line) => lines.push(line) });
  return { code, lines };
}
