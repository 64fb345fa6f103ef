import { setTimeout as pause } from "node:timers/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { toError } from "../../shared/protocol/errors.ts";
import { type Command, CommandError, type CommandInput } from "./command.ts";
import { type LocalFile, measure, pushFile } from "./push-file.ts";
import { exitCodeOf, outcomeLines, PUSH_EXIT, saveErrors, saveReceipt, settledReceipt } from "./push-outcome.ts";
import { type PushTarget, pushTarget } from "./push-target.ts";
import { lookAtFolder, type Sights } from "./watch-folder.ts";
import { WatchMemory } from "./watch-memory.ts";

interface Pushing {
  readonly target: PushTarget;
  readonly print: (line: string) => void;
  readonly status: (line: string) => void;
  readonly wait: boolean;
  readonly errors: string | null;
  readonly receipts: string | null;
}

interface Delivered {
  readonly code: number;
  readonly receipt: string | null;
}

const SENT_EVERY_BYTES = 1_000_000;

/** One file from here to its receipt and, if asked for, to its end. */
async function deliver({ target, print, status, wait, errors, receipts }: Pushing, file: LocalFile): Promise<Delivered> {
  const name = path.basename(file.path);
  let shown = 0;
  const pushed = await pushFile(target, file, {
    pause: async (ms) => {
      status(`${name}: waits ${Math.ceil(ms / 1000)} s before it tries again`);
      await pause(ms);
    },
    progress: (sent, { bytes }) => {
      if (sent - shown < SENT_EVERY_BYTES && sent !== bytes) return;
      shown = sent;
      status(`${name}: ${sent} of ${bytes} bytes`);
    },
  });
  status("");
  if (pushed.kind !== "taken") {
    print(`${name}: ${pushed.message}`);
    return { code: pushed.kind === "refused" ? PUSH_EXIT.fileRefused : PUSH_EXIT.tryLater, receipt: null };
  }
  const { receipt, isNew } = pushed;
  print(`${name}: ${isNew ? "accepted as" : "is here already as"} ${receipt.id}, ${file.bytes} bytes, SHA-256 ${file.sha256}`);
  if (receipts !== null) await saveReceipt(receipt, receipts);
  if (!wait) return { code: PUSH_EXIT.applied, receipt: receipt.id };
  const settled = await settledReceipt(target, receipt, pause);
  if (settled === null) {
    print(`${receipt.id} is still being applied after ten minutes; it goes on without this command`);
    return { code: PUSH_EXIT.tryLater, receipt: receipt.id };
  }
  outcomeLines(settled).forEach(print);
  if (errors !== null && settled.counts.rejected > 0) {
    const saved = await saveErrors(target, settled, errors);
    print(saved === null ? "errors.csv could not be fetched; it is on the Feeds page" : `Refused rows with their reasons: ${saved}`);
  }
  return { code: exitCodeOf(settled), receipt: receipt.id };
}

/** The gravest first: a refused file, then what to try later, then refused rows. */
function gravest(codes: readonly number[]): number {
  return [PUSH_EXIT.fileRefused, PUSH_EXIT.tryLater, PUSH_EXIT.rowsRefused].find((code) => codes.includes(code)) ?? PUSH_EXIT.applied;
}

async function pushAll(pushing: Pushing, files: readonly string[]): Promise<number> {
  const codes: number[] = [];
  for (const file of files) {
    const measured = await measure(file).catch((thrown: unknown) => {
      throw new CommandError(`${file} cannot be read (${toError(thrown).message}). Check the path.`, thrown);
    });
    codes.push((await deliver(pushing, measured)).code);
  }
  return gravest(codes);
}

interface Watching {
  readonly folder: string;
  readonly done: string | null;
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

async function watch(pushing: Pushing, { folder, done, everyMs, signal }: Watching): Promise<number> {
  const { target, print } = pushing;
  const memory = await WatchMemory.open(folder, target.feed);
  print(`Watching ${folder} for ${target.feed}; a file is handed in when it has not changed for ${everyMs / 1000} s.`);
  let sights: Sights = new Map();
  while (!signal.aborted) {
    const hand = async (file: LocalFile) => {
      const { code, receipt } = await deliver(pushing, file);
      if (receipt !== null) return { receipt };
      return code === PUSH_EXIT.tryLater ? "later" : "refused";
    };
    try {
      sights = await lookAtFolder({ folder, done, memory, deliver: hand, print }, sights, signal);
    } catch (thrown) {
      print(`${folder} cannot be looked at (${toError(thrown).message}); it is tried again`);
    }
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return PUSH_EXIT.applied;
}

function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
  return stopping.signal;
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds >= 0.01 && seconds <= 3600) return seconds;
  throw new CommandError(`--every ${text} is no time. Write seconds, such as --every 5.`);
}

/** `accord push`: hands files in by the public API, once or from a watched folder. Exit codes: `PUSH_EXIT`. */
export const push: Command = async ({ args, env, print, status = () => undefined, signal }: CommandInput) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      feed: { type: "string" },
      url: { type: "string" },
      "key-file": { type: "string" },
      "allow-http": { type: "boolean" },
      wait: { type: "boolean", default: false },
      errors: { type: "string" },
      receipts: { type: "string" },
      watch: { type: "string" },
      done: { type: "string" },
      every: { type: "string", default: "5" },
    },
  });
  // npm runs the program in its own folder; paths are meant from where the caller stands.
  const at = (name: string | undefined): string | null => (name === undefined ? null : path.resolve(env["INIT_CWD"] ?? ".", name));
  const [folder, keyFile] = [at(values.watch), at(values["key-file"])];
  if (folder === null && positionals.length === 0) throw new CommandError("Name the files to hand in, or a folder: --watch exports/.");
  const target = await pushTarget({ ...values, "key-file": keyFile ?? undefined }, env);
  // Who watches a folder for years is who will need to prove what was taken in.
  const receipts = at(values.receipts) ?? (folder === null ? null : path.join(folder, ".accord-receipts"));
  const pushing = { target, print, status, wait: values.wait, errors: at(values.errors), receipts };
  if (folder === null)
    return await pushAll(
      pushing,
      positionals.map((name) => at(name) ?? name),
    );
  if (positionals.length > 0) throw new CommandError("Name either files or --watch, not both.");
  return await watch(pushing, { folder, done: at(values.done), everyMs: secondsOf(values.every) * 1000, signal: signal ?? stopSignal() });
};
