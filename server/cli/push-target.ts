import { readFile } from "node:fs/promises";
import { toError } from "../../shared/protocol/errors.ts";
import { CommandError, type CommandInput } from "./command.ts";

/** Where files are handed in, and as whom. */
export interface PushTarget {
  /** Without a slash at the end. */
  readonly url: string;
  readonly feed: string;
  readonly key: string;
}

interface TargetOptions {
  readonly url?: string | undefined;
  readonly feed?: string | undefined;
  readonly "key-file"?: string | undefined;
  readonly "allow-http"?: boolean | undefined;
}

const HERE: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

function addressOf({ url = "http://localhost:4400", "allow-http": allowHttp = false }: TargetOptions): string {
  if (!URL.canParse(url)) throw new CommandError(`--url ${url} is no address. Write --url https://accord.example.com.`);
  const { protocol, hostname, username, password, origin, pathname } = new URL(url);
  if (username !== "" || password !== "")
    throw new CommandError("Take the user name and password out of --url: the key is all that is needed.");
  if (protocol !== "https:" && !(protocol === "http:" && (allowHttp || HERE.includes(hostname))))
    throw new CommandError(
      `The key would travel readable to ${hostname}. Write --url https://..., or --allow-http inside a network you trust.`,
    );
  return `${origin}${pathname}`.replace(/\/+$/u, "");
}

async function keyOf(file: string | undefined, env: CommandInput["env"]): Promise<string> {
  const text =
    file === undefined
      ? (env["ACCORD_KEY"] ?? "")
      : await readFile(file, "utf8").catch((thrown: unknown) => {
          throw new CommandError(`The key file cannot be read (${toError(thrown).message}).`, thrown);
        });
  const key = text.trim();
  if (/^acc_[0-9A-Za-z_]+$/u.test(key)) return key;
  throw new CommandError(
    "There is no key. Set ACCORD_KEY, or name a file that holds it: --key-file accord.key. Never write it on the command line.",
  );
}

/** @throws CommandError naming what is missing; the key is never part of a message. */
export async function pushTarget(options: TargetOptions, env: CommandInput["env"]): Promise<PushTarget> {
  const { feed = "" } = options;
  if (!/^[a-z0-9-]+\.[a-z0-9-]+$/u.test(feed)) throw new CommandError("Name the feed as the Feeds page does: --feed acme-voice.switch.");
  return { url: addressOf(options), feed, key: await keyOf(options["key-file"], env) };
}
