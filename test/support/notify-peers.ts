import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { Socket } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Got {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A chat or a system of a customer on 127.0.0.1 that takes webhooks. */
export interface HookPeer {
  readonly url: string;
  readonly got: readonly Got[];
  /** What is answered to whatever has been read. */
  answer: (got: Got, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function startHookPeer(): Promise<HookPeer> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => void pieces.push(piece));
    request.on("error", () => undefined);
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(pieces).toString("utf8") };
      got.push(one);
      peer.answer(one, response);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const peer: HookPeer = {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    got,
    answer: (_, response) => void response.writeHead(204).end(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return peer;
}

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** A mail server on 127.0.0.1. */
export interface MailPeer {
  readonly port: number;
  readonly letters: readonly Letter[];
  /** The answer to a recipient: an error's `responseCode` refuses it. */
  recipient: (address: string) => Error | null;
  /** What happens when a letter has come in whole; `done` answers. */
  taken: (letter: Letter, done: (error?: Error) => void) => void;
  /** Cuts every connection without a word. */
  hangUp(): void;
  close(): Promise<void>;
}

/** An answer of a mail server that refuses. */
export function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

export async function startMailPeer(): Promise<MailPeer> {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, callback) => callback(peer.recipient(address)),
    onData: (stream, { envelope }, callback) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => void pieces.push(piece));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const letter = { from, to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(pieces).toString("utf8") };
        letters.push(letter);
        peer.taken(letter, (error) => callback(error ?? null));
      });
    },
  });
  server.on("error", () => undefined);
  const sockets = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => void sockets.add(socket.once("close", () => void sockets.delete(socket))));
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  const peer: MailPeer = {
    port: typeof address === "object" && address !== null ? address.port : 0,
    letters,
    recipient: () => null,
    taken: (_, done) => done(),
    hangUp: () => sockets.forEach((socket) => void socket.destroy()),
    async close() {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return peer;
}
