import { check } from "./check.ts";
import { drift } from "./drift.ts";
import { evaluate } from "./evaluate.ts";
import { exportAgreement } from "./export.ts";
import { metrics } from "./metrics.ts";
import { push } from "./push.ts";
import { rebuild } from "./rebuild.ts";
import { recount } from "./recount.ts";
import { forget, retain } from "./retain.ts";
import { rotateKey } from "./rotate-key.ts";
import { verify } from "./verify.ts";
import { CommandError, type Command } from "./command.ts";

const COMMANDS: Readonly<Record<string, Command>> = {
  check,
  drift,
  evaluate,
  export: exportAgreement,
  forget,
  metrics,
  push,
  rebuild,
  recount,
  retain,
  "rotate-key": rotateKey,
  verify,
};

const USAGE = `Usage: npm run accord -- <command>   (<command> --help: only that one)

  check --agreement a.yaml --feed f.yaml [--feed g.yaml ...] [--json]
      Names every problem of an agreement and its feeds at once: where, why it will be disputed, what to write instead.
      Repeat --agreement for its versions.
  drift series.csv [options]
      Watches any file of timestamps and values for drift: alarms with onset, size and confidence, false alarms promised and seen.
      --tolerate 1/month      false alarms tolerated (1/month, 2/year, 1/500 for one in 500 figures); 1/year without it
      --baseline 2026-01-01..2026-02-28   what is usual; without it the first 56 days (28 where there are fewer than 84)
      --metric service-level  a metric of the catalogue: how it is scored and which way is worse;
                              or --kind share|mean|log-mean|rate and --worse up|down|both
      --value, --n, --numerator, --time COLUMN   where the header does not say which; --dates dd/mm/yyyy where it could be either
      --by day|row            what is one figure; without it days, or rows where there are few days     --json   for programs
      Exit code 0: watched; 1: rows were refused; 2: there is too little to watch, or it cannot be watched.
  evaluate --agreement a.yaml --feed f.yaml data.csv [more files] [options]
      Reads files and prints the verdict of every target and window. With several --feed, give files as feed-id=data.csv.
      --window week           only windows of this kind (day, week, month, quarter, rolling-28d ...); may be repeated
      --target service-level  only this target, or one member of it (service-level@sales); may be repeated
      --variants              each target under every formula of its metric, with what each window would cost
      --variant ignore-within only this formula beside the agreed one; may be repeated
      --money                 what each period costs, and why; rights and deadlines
      --explain service-level.week.2026-11-16   every step of one verdict
      --agreement b.yaml      a later version, in force from its effectiveFrom on
      --claims claims.yaml    time to leave out, claimed and decided
      --forecast forecast.yaml   the locked forecast, where the agreement has a volume band
      --now 2026-11-21T12:00:00Z   judge as of then     --json   for programs
  export --agreement acme-voice --out folder
      Writes all that is known of an agreement in the running system into a folder: facts of each feed with the definition that reads them
      again, counters, verdicts, receipts, corrections, alerts, claims, forecasts, the ledger, agents' pseudonyms.
  metrics [metric ...]
      What a target can measure: definition, variants with their sources, counters, how many it takes.
  push FILE ... --feed acme-voice.switch --url https://accord.example.com [options]
      Hands files in with the key in ACCORD_KEY or --key-file. Repeating it does no harm.
      --wait                  until they are applied; exit code 0 applied, 1 rows refused, 2 file refused, 75 try later
      --errors folder         with --wait: keep the refused rows with their reasons
      --receipts folder       keep each receipt with the signed checkpoint of the ledger
      --watch folder          hand in whatever stops changing there, until stopped; --done folder moves it away after that
      --every 5               seconds between two looks at the folder
  rebuild
      Makes a lost Redis anew from the ledger's mirrors and the raw files in ACCORD_STATE_DIR. Stop the system before.
      Agreements, versions, receipts, facts, claims and alerts come back; people, API keys, feed groups
      and how feeds are fetched do not. Exit code 1: something is missing or judged otherwise, and what.
  retain --agreement acme-voice --before 2026-01 [--dry-run] | --keep 13 | --keep all
      Raw files of earlier months give way to their rows under pseudonyms and are erased; --keep 13 does so
      from now on with files older than 13 whole months, --keep all ends that.
  forget --agreement acme-voice --agent "name in the files, or pseudonym"
      Deletes who is behind a pseudonym wherever it stands. No figure changes.
  recount [agreement-id ...]
      Proves that the stored counters equal a recomputation from the facts, in the system that runs from
      ACCORD_STATE_DIR (.data/live) or REDIS_URL.
  rotate-key [--master]
      Another operator key signs checkpoints from here on; the old one signs for it. Stop the system before.
      --master   instead, everything sealed is sealed under another master key; repeat it if it was interrupted
  verify record.tar [--checkpoint note.txt ...] [--json]
      Checks a downloaded record without Accord: entries, signatures, files, and every sealed verdict derived anew.
      --checkpoint   one that you have kept, such as of an upload's answer; may be repeated
      Exit code 0: whole; 2: tampered with, and where; 3: something is missing that the check needs.
`;

/** Of {@link USAGE} what one command takes. */
function usageOf(name: string): string {
  const parts = USAGE.split(/\n(?= {2}[a-z])/u);
  const own = parts.find((part) => part.trim().split(/\s/u, 1)[0] === name);
  return own === undefined ? USAGE : `${parts[0]?.trim() ?? ""}\n\n${own.trimEnd()}\n`;
}

/** What node:util's parseArgs throws for an option or argument that a command does not have. */
function isParseError(error: unknown): error is Error {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

function status(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}\r`);
}

async function main(args: readonly string[]): Promise<number> {
  const [name = "", ...rest] = args;
  const command = COMMANDS[name];
  if (command === undefined) {
    const asked = name === "" || name === "help" || name === "--help";
    process.stderr.write(asked ? USAGE : `There is no command "${name}".\n\n${USAGE}`);
    return asked ? 0 : 64;
  }
  if (rest.includes("--help")) {
    process.stdout.write(usageOf(name));
    return 0;
  }
  try {
    return await command({ args: rest, env: process.env, now: Date.now(), print: (line) => process.stdout.write(`${line}\n`), status });
  } catch (error) {
    if (!(error instanceof CommandError) && !isParseError(error)) throw error;
    process.stderr.write(`${error.message.split("\n")[0]}\n\n${usageOf(name)}`);
    return 64;
  }
}

// A reader such as `head` closes the pipe when it has enough; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2));
