import { Readable } from "node:stream";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { SendOutcome } from "../../shared/alerts/delivery.ts";
import type { MailText } from "../../shared/alerts/mail-message.ts";
import { oneLine } from "../../shared/alerts/message.ts";
import { toError } from "../../shared/protocol/errors.ts";
import type { MailSettings } from "./mail-settings.ts";

const CONNECT_MS = 10_000;
const SILENT_MS = 20_000;
/** Well under the time after which a delivery counts as lost. */
const TOTAL_MS = 45_000;

export interface Mail extends MailText {
  readonly to: string;
  /** Local part of the Message-ID: the same for every attempt. */
  readonly id: string;
  /** Of the first mail of the same story. */
  readonly inReplyTo: string;
  readonly list: { readonly id: string; readonly name: string };
}

function idOf(id: string, { from }: MailSettings): string {
  return `<${id}@${/@([^>\s]+)/u.exec(from)?.[1] ?? "accord.invalid"}>`;
}

async function composed(mail: Mail, settings: MailSettings): Promise<Buffer> {
  const { to, subject, text, html, list } = mail;
  const first = idOf(mail.inReplyTo, settings);
  const messageId = idOf(mail.id, settings);
  const thread = first === messageId ? {} : { inReplyTo: first, references: first };
  const headers = {
    "List-Id": `<${list.id}.accord.invalid>`,
    // Answers of absent people's programs would go to nobody.
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
  };
  const message = { from: settings.from, to: { name: "", address: to }, subject, text, html, messageId, headers, ...thread };
  return await new MailComposer({ ...message, disableUrlAccess: true, disableFileAccess: true }).compile().build();
}

function isLocal(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}

function connectionTo({ host, port, secure, login }: MailSettings): SMTPConnection {
  return new SMTPConnection({
    host,
    port,
    secure,
    // A password is never said in the clear.
    requireTLS: login !== null && !secure && !isLocal(host),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
  });
}

/** How far it came: from the moment the server takes in the message, nobody but the server knows what becomes of it. */
interface Progress {
  hasBegun: boolean;
}

/** The message's bytes; read only when the server has said that it takes them. */
function watched(bytes: Buffer, progress: Progress): Readable {
  return Readable.from(
    (function* () {
      progress.hasBegun = true;
      yield bytes;
    })(),
    { objectMode: false },
  );
}

interface Handing {
  readonly settings: MailSettings;
  readonly to: string;
  readonly message: Readable;
}

function handOver(connection: SMTPConnection, { settings, to, message }: Handing): Promise<string> {
  return new Promise((resolve, reject) => {
    const send = (): void => {
      const envelope = { from: /<([^>]+)>/u.exec(settings.from)?.[1] ?? settings.from, to: [to] };
      connection.send(envelope, message, (error, info) => (error ? reject(error) : resolve(String(info?.response ?? ""))));
    };
    connection.on("error", reject);
    connection.once("end", () => reject(new Error("the mail server closed the connection")));
    connection.connect(() => {
      if (settings.login === null) return send();
      connection.login(settings.login, (error) => (error ? reject(error) : send()));
    });
  });
}

function codeOf(error: Error): number | null {
  return "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : null;
}

function commandOf(error: Error): string {
  return "command" in error ? String(error.command) : "";
}

/** A definite no to this recipient or this message will be no tomorrow; to us or our password, an operator may mend it. */
function failed(error: Error, { hasBegun }: Progress): SendOutcome {
  const code = codeOf(error);
  const said = oneLine(error.message, 200);
  if (code === null && hasBegun) return { kind: "unknown", detail: `The mail server took the message and did not answer: ${said}` };
  const isAboutThis = hasBegun || commandOf(error).startsWith("RCPT");
  return { kind: "refused", detail: `The mail server: ${said}`, permanent: code !== null && code >= 500 && isAboutThis };
}

/** Hands one mail over to the mail server, once. Never throws for what the server does. */
export async function sendMail(settings: MailSettings, mail: Mail): Promise<SendOutcome> {
  const bytes = await composed(mail, settings);
  const progress: Progress = { hasBegun: false };
  const connection = connectionTo(settings);
  const late = setTimeout(() => connection.close(), TOTAL_MS);
  try {
    const answer = await handOver(connection, { settings, to: mail.to, message: watched(bytes, progress) });
    return { kind: "sent", detail: oneLine(answer, 200) };
  } catch (thrown) {
    return failed(toError(thrown), progress);
  } finally {
    clearTimeout(late);
    connection.on("error", () => undefined);
    connection.close();
  }
}
