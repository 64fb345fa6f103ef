import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import { Redis } from "ioredis";

/**
 * The least that brings one message to many browsers: a plain WebSocket (RFC 6455) without Socket.IO, sessions, rights,
 * stream or cursor. What is published is framed once and written to every socket.
 */
const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 0x81;
const SHORT = 126;
const LONG = 127;

function frame(text: Buffer): Buffer {
  const head = Buffer.alloc(text.length < 65_536 ? 4 : 10);
  head[0] = TEXT;
  head[1] = text.length < 65_536 ? SHORT : LONG;
  if (text.length < 65_536) head.writeUInt16BE(text.length, 2);
  else head.writeBigUInt64BE(BigInt(text.length), 2);
  return Buffer.concat([head, text]);
}

const sockets = new Set<Duplex>();
const server = createServer();
server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${MAGIC}`).digest("base64");
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  sockets.add(socket);
  socket.on("error", () => socket.destroy());
  socket.on("close", () => sockets.delete(socket));
  socket.resume();
});

const subscriber = new Redis({ path: process.env["ACCORD_REDIS_SOCKET"] ?? "", maxRetriesPerRequest: null });
subscriber.on("messageBuffer", (_channel, message) => {
  const framed = frame(message);
  for (const socket of sockets) socket.write(framed);
});
await subscriber.subscribe("bare:fan-out");
server.listen(Number(process.env["PORT"]), "127.0.0.1", () => process.stdout.write('{"event":"ready"}\n'));
process.once("SIGTERM", () => process.exit(0));
