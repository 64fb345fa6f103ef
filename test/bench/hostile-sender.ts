import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { bareUpload } from "../support/bare-request.ts";
import { HttpClient } from "../support/http-client.ts";

const MEGABYTE = 1_000_000;
const FEED = "hostile.intervals";
const SLOW_SENDERS = 50;
/** Between two attempts of one kind; without it the sender would only meet the limit of uploads per minute. */
const PAUSE_MS = 200;
const [url = ""] = process.argv.slice(2);
const key = process.env["HOSTILE_KEY"] ?? "";
const client = new HttpClient(url, { key });
const ZEROS = gzipSync(Buffer.alloc(10 * MEGABYTE), { level: 9 });
const PIECE = Buffer.alloc(64 * 1024, "x");
const CHUNK = Buffer.concat([Buffer.from(`${PIECE.length.toString(16)}\r\n`), PIECE, Buffer.from("\r\n")]);

/** What became of its attempts: `bomb 202`, `endless 413` ..., with how often. */
const answers: Record<string, number> = {};
function count(kind: string, answer: string): void {
  const name = `${kind} ${answer}`;
  answers[name] = (answers[name] ?? 0) + 1;
}
function statusIn(answer: string): string {
  return /^HTTP\/1.1 (\d+)/u.exec(answer)?.[1] ?? "cut";
}

function headers(...more: string[]): string[] {
  return [`Idempotency-Key: ${randomBytes(8).toString("hex")}`, ...more];
}

/** Ten gigabytes of zeros in a gzip of ten megabytes; the first line differs, so that no two are the same file. */
async function bomb(): Promise<void> {
  const file = Buffer.concat([gzipSync(randomBytes(16).toString("hex")), ...Array.from({ length: 1000 }, () => ZEROS)]);
  const status = await client.upload(FEED, file).then(
    (reply) => String(reply.status),
    () => "cut",
  );
  count("bomb", status);
}

async function endless(): Promise<void> {
  const sender = bareUpload(url, { key, feed: FEED, headers: headers("Transfer-Encoding: chunked") });
  let answered = false;
  void sender.answer.then(() => (answered = true));
  for (let sent = 0; sent < 2000 * MEGABYTE && !answered && !sender.socket.destroyed; sent += PIECE.length)
    await Promise.race([sender.write(CHUNK), sender.answer]);
  count("endless", statusIn(await sender.answer));
  sender.socket.destroy();
}

async function lying(): Promise<void> {
  const sender = bareUpload(url, { key, feed: FEED, headers: headers("Content-Length: 10") });
  await sender.write("0123456789".repeat(100));
  count("lying", statusIn(await sender.answer));
  sender.socket.destroy();
}

async function again(send: () => Promise<void>): Promise<void> {
  for (;;) {
    await send();
    await setTimeout(PAUSE_MS);
  }
}

process.once("SIGTERM", () => void process.stdout.write(`${JSON.stringify(answers)}\n`, () => process.exit()));
/** One of each at a time until it is ended: an endless body, a bomb, a length that lies, and fifty that drip. */
const drips = Array.from({ length: SLOW_SENDERS }, () => bareUpload(url, { key, feed: FEED, headers: headers("Content-Length: 100000") }));
for (const { answer } of drips) void answer.then((text) => count("slow", statusIn(text)));
setInterval(() => drips.forEach(({ socket }) => void socket.write("x")), 1000);
process.stdout.write("ready\n");
await Promise.all([endless, bomb, lying].map(again));
