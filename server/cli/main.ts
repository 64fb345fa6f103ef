import { check } from "./check.ts";
import { evaluate } from "./evaluate.ts";
import { recount } from "./recount.ts";
import { CommandError, type Command } from "./command.ts";

const COMMANDS: Readonly<Record<string, Command>> = { check, evaluate, recount };

const USAGE = `Usage: npm run accord -- <command>

  check --agreement a.yaml --feed f.yaml [--feed g.yaml ...]
      Names every problem of an agreement and its feeds at once.
  evaluate --agreement a.yaml --feed f.yaml data.csv [more files] [--now 2026-11-21T12:00:00Z] [--json]
      Reads files and prints the verdict of every target and window. With several --feed, give files as feed-id=data.csv.
  recount [agreement-id ...]
      Proves that the stored counters equal a recomputation from the facts. Needs REDIS_URL or ACCORD_REDIS_SOCKET.
`;

async function main(args: readonly string[]): Promise<number> {
  const [name = "", ...rest] = args;
  const command = COMMANDS[name];
  if (command === undefined) {
    process.stderr.write(USAGE);
    return name === "" || name === "help" || name === "--help" ? 0 : 64;
  }
  try {
    return await command({ args: rest, env: process.env, now: Date.now(), print: (line) => process.stdout.write(`${line}\n`) });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 64;
  }
}

process.exitCode = await main(process.argv.slice(2));
