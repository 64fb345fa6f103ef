import { createHash } from "node:crypto";
import SftpClient from "ssh2-sftp-client";
import type { PullSource } from "../../shared/protocol/pull.ts";
import { toError } from "../../shared/protocol/errors.ts";
import { capped } from "../../shared/store/outbound/capped.ts";
import { connectTo } from "../../shared/store/outbound/outbound.ts";
import { OutboundError } from "../../shared/store/outbound/outbound-error.ts";
import { PullFailure } from "./pull-failure.ts";
import { chosenFiles, type Fetching, isMeant, type ListedFile, type RemoteFile, shownName } from "./remote-file.ts";

type SftpSource = Extract<PullSource, { kind: "sftp" }>;

interface SftpFile extends ListedFile {
  readonly path: string;
  readonly size: number;
}

const quiet = (): void => undefined;

/** As OpenSSH prints it: SHA-256 of the public key, base64 without padding. */
function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/u, "")}`;
}

function otherKey({ host, hostKey }: SftpSource, offered: string, cause: unknown): PullFailure {
  const options = { temporary: false, offeredHostKey: offered, cause };
  if (hostKey === null)
    return new PullFailure(
      `${host} shows the host key ${offered}.`,
      "Compare it with what the server's administrator says, then confirm it here. Nothing was sent to the host.",
      options,
    );
  return new PullFailure(
    `${host} shows the host key ${offered}, not the confirmed one.`,
    "Somebody may stand in between: ask the server's administrator before you confirm the new key. Nothing was sent to the host.",
    options,
  );
}

async function connected(source: SftpSource, { outbound, secret }: Fetching, signal: AbortSignal): Promise<SftpClient> {
  const { host, port, user, auth, hostKey } = source;
  const sock = await connectTo(outbound, { protocol: "sftp", host, port }, signal);
  sock.on("error", quiet);
  signal.addEventListener("abort", () => sock.destroy(), { once: true });
  const client = new SftpClient("pull", { error: quiet, end: quiet, close: quiet });
  let offered = "";
  try {
    await client.connect({
      sock,
      username: user,
      ...(auth === "password" ? { password: secret } : { privateKey: secret }),
      readyTimeout: outbound.limits.connectMs,
      hostVerifier: (key: Buffer) => {
        offered = fingerprint(key);
        return offered === hostKey;
      },
    });
    return client;
  } catch (cause) {
    sock.destroy();
    throw refusal(source, offered, toError(cause));
  }
}

function refusal(source: SftpSource, offered: string, cause: Error): Error {
  if (offered !== "" && offered !== source.hostKey) return otherKey(source, offered, cause);
  if (/authentication|publickey|password/iu.test(cause.message))
    return new PullFailure(
      `${source.host} does not accept the user or its ${source.auth === "password" ? "password" : "key"}.`,
      "Give the right one.",
      {
        temporary: false,
        cause,
      },
    );
  if (/parse|privateKey|passphrase/iu.test(cause.message))
    return new PullFailure("The private key cannot be read.", "Give it as text in OpenSSH or PEM form, without a passphrase.", {
      temporary: false,
      cause,
    });
  return new OutboundError("broken", `${source.host} does not speak SFTP, or broke off`, cause);
}

async function list(client: SftpClient, { host, folder, pattern }: SftpSource): Promise<readonly SftpFile[]> {
  const found = await client.list(folder).catch((cause: unknown) => {
    throw new PullFailure(`${host} has no folder "${folder}", or does not show it.`, "Check the folder and the user's rights.", {
      temporary: false,
      cause,
    });
  });
  return found
    .filter(({ type, name }) => type === "-" && isMeant(name, pattern))
    .map(({ name, size, modifyTime }) => ({
      name,
      size,
      changedMs: modifyTime,
      mark: `${size}:${modifyTime}`,
      path: `${folder.replace(/\/$/u, "")}/${name}`,
    }));
}

async function* read(client: SftpClient, file: SftpFile, maxBytes: number): AsyncGenerator<Uint8Array> {
  if (file.size > maxBytes)
    throw new OutboundError("too-large", `${shownName(file.name)} has more than ${Math.floor(maxBytes / 1_000_000)} MB`);
  let bytes = 0;
  const stream = client.createReadStream(file.path);
  // The line may break while the file is closed, when nobody reads any more; an error nobody hears ends the process.
  stream.on("error", quiet);
  try {
    for await (const piece of capped(stream, maxBytes)) {
      bytes += piece.length;
      yield piece;
    }
  } catch (cause) {
    throw cause instanceof OutboundError
      ? cause
      : new OutboundError("broken", `${shownName(file.name)} could not be read to its end`, cause);
  }
  if (bytes === file.size) return;
  throw new PullFailure(
    `${shownName(file.name)} changed while it was read.`,
    "Write it under another name and rename it when it is complete.",
    {
      temporary: true,
    },
  );
}

/**
 * The files of a folder on an SFTP server whose host key a person has confirmed.
 *
 * @throws PullFailure also while a file is read; with `offeredHostKey` when the key is another one or none is confirmed.
 */
export async function* fetchSftp(source: SftpSource, fetching: Fetching): AsyncGenerator<RemoteFile> {
  const { limits } = fetching.outbound;
  const giveUp = new AbortController();
  let timer = setTimeout(() => giveUp.abort(), limits.totalMs);
  let client: SftpClient | null = null;
  try {
    client = await connected(source, fetching, giveUp.signal);
    const files = chosenFiles(await list(client, source), source.take, fetching.seen);
    for (const file of files) {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp.abort(), limits.totalMs);
      yield { id: file.name, filename: shownName(file.name), mark: file.mark, bytes: read(client, file, limits.maxBytes) };
    }
  } catch (error) {
    if (giveUp.signal.aborted) throw new OutboundError("timeout", `${source.host} did not send everything in time`, error);
    throw error;
  } finally {
    clearTimeout(timer);
    // Some servers never close their side: after the goodbye the line is cut.
    const ended = client?.end().catch(quiet);
    giveUp.abort();
    await ended;
  }
}
