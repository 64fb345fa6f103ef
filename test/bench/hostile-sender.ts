import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { bareUpload } from "../support/bare-request.ts";

const MEGABYTE = 1_000_000;
const FEED = "hostile.intervals";
const SLOW_SENDERS = 50;
/** Between two attempts of one kind; without it the sender would only meet the limit of uploads per minute. */
const PAUSE_MS = 200;
const [url = ""] = process.argv.slice(2);
const key = process.env["HOSTILE_KEY"] ?? "";
/** Made once: what the sender itself works is taken from the others, and says nothing of the server. */
const ZEROS = gzipSync(Buffer.alloc(10 * MEGABYTE), { level: 9 });
const BOMB = Buffer.concat(Array.from({ length: 1000 }, () => ZEROS));
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

/** Writes until the whole is written, or answered, or the line is cut; then counts what came of it. */
async function send(kind: string, length: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const sender = bareUpload(url, { key, feed: FEED, headers: headers(length) });
  let answered = false;
  void sender.answer.then(() => (answered = true));
  for (const piece of pieces) {
    if (answered || sender.socket.destroyed) break;
    await Promise.race([sender.write(piece), sender.answer]);
  }
  count(kind, statusIn(await sender.answer));
  sender.socket.destroy();
}

/** Ten gigabytes of zeros in a gzip of ten megabytes; the first line differs, so that no two are the same file. */
async function bomb(): Promise<void> {
  const first = gzipSync(randomBytes(16).toString("hex"));
  await send("bomb", `Content-Length: ${first.length + BOMB.length}`, [first, BOMB]);
}

async function endless(): Promise<void> {
  const chunks = Array.from({ length: Math.ceil((2000 * MEGABYTE) / PIECE.length) }, () => CHUNK);
  await send("endless", "Transfer-Encoding: chunked", chunks);
}

async function lying(): Promise<void> {
  await send("lying", "Content-Length: 10", [Buffer.from("0123456789".repeat(100))]);
}

async function again(attempt: () => Promise<void>): Promise<void> {
  for (;;) {
    await attempt();
    await setTimeout(PAUSE_MS);
  }
}

process.once("SIGTERM", () => void process.stdout.write(`${JSON.stringify(answers)}\n`, () => process.exit()));
/** One of each at a time until it is ended: an endless body, a bomb, a length that lies, and fifty that drip. */
const drips = Array.from({ length: SLOW_SENDERS }, () => bareUpload(url, { key, feed: FEED, headers: headers("Content-Length: 100000") }));
for (const { answer } of drips) void answer.then((text) => count("slow", statusIn(text)));
setInterval(() => drips.forEach(({ socket }) => socket.destroyed || socket.write("x")), 1000);
process.stdout.write("ready\n");
await Promise.all([endless, bomb, lying].map(again));
