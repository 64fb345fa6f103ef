import { createServer } from "node:http";

/** Answers every request 429 without reading its body and cuts the line: the least that anybody could do with a hostile sender. */
const server = createServer((request, response) => {
  response.on("close", () => request.socket.destroy());
  response.writeHead(429, { "Content-Type": "application/json", Connection: "close" }).end("{}");
});
server.on("clientError", (_error, socket) => socket.destroy());
server.listen(0, "localhost", () => {
  const address = server.address();
  process.stdout.write(`http://localhost:${typeof address === "object" && address !== null ? address.port : 0}\n`);
});
