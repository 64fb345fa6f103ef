import { Queue } from "bullmq";
import express from "express";
import { Redis } from "ioredis";
import { createServer } from "node:http";
import { Server } from "socket.io";

/**
 * The bare path: POST -> queue -> Lua -> publish -> socket, with nothing that makes it safe. No receipt, no bytes on
 * disk, no agreement, no verdict, no sign-in, no stream. What any hand-made system would have to be at least.
 */
const socketPath = process.env["ACCORD_REDIS_SOCKET"] ?? "";
const options = { path: socketPath, maxRetriesPerRequest: null };
const queue = new Queue("bare", { connection: new Redis(options), prefix: "{bare}" });
const subscriber = new Redis(options);
const app = express();
const http = createServer(app);
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: true });

const PAGE = `<!doctype html><title>bare</title><p id="figure"></p><script src="/socket.io/socket.io.js"></script>
<script>io({ transports: ["websocket"] }).on("done", (figure) => { document.getElementById("figure").textContent = figure; });</script>`;

app.get("/", (_request, response) => void response.type("html").send(PAGE));
app.post("/upload", express.text({ type: "*/*", limit: "10mb" }), async (request, response) => {
  await queue.add("rows", { text: request.body }, { removeOnComplete: true });
  response.status(202).end();
});
subscriber.on("message", (_channel, figure) => io.emit("done", figure));
await subscriber.subscribe("bare:done");
http.listen(Number(process.env["PORT"]), "127.0.0.1", () => process.stdout.write('{"event":"ready"}\n'));
process.once("SIGTERM", () => process.exit(0));
