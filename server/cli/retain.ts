import { parseArgs } from "node:util";
import { type Command, CommandError } from "./command.ts";
import { runningSystem, runWorkerProgram } from "./worker-program.ts";

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/u;

/** `accord retain`: raw files of some months give way to their rows under pseudonyms, and their key is destroyed. */
export const retain: Command = async ({ args, env }) => {
  const { values } = parseArgs({
    args: [...args],
    options: { agreement: { type: "string" }, before: { type: "string" }, keep: { type: "string" }, "dry-run": { type: "boolean" } },
  });
  const { agreement, before, keep } = values;
  if (agreement === undefined) throw new CommandError("Say which agreement: --agreement acme-voice.");
  if (before === undefined && keep === undefined) throw new CommandError("Say --before 2026-01, or --keep 13 (months), or both.");
  if (before !== undefined && !MONTH.test(before)) throw new CommandError(`"${before}" is no month: write --before 2026-01.`);
  if (keep !== undefined && !/^(?:all|[1-9]\d{0,2})$/u.test(keep)) throw new CommandError("--keep takes months, such as 13, or all.");
  return await runWorkerProgram({ entry: "condense/main.ts", args: ["retain", ...args], env: runningSystem(env) });
};

/** `accord forget`: who is behind a pseudonym is deleted wherever it stands; no figure changes. */
export const forget: Command = async ({ args, env }) => {
  const { values } = parseArgs({ args: [...args], options: { agreement: { type: "string" }, agent: { type: "string" } } });
  if (values.agreement === undefined || values.agent === undefined || values.agent === "")
    throw new CommandError('Say whom: --agreement acme-voice --agent "the name as it stands in the files, or the pseudonym".');
  return await runWorkerProgram({ entry: "condense/main.ts", args: ["forget", ...args], env: runningSystem(env) });
};
