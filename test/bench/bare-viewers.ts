/**
 * Many browsers in a process of their own, so that only the servers' work is measured: each opens a WebSocket, watches the
 * agreement if the server is one of Accord's, and counts what it is told.
 */
const { URLS = "", VIEWERS = "0", COOKIE = "", AGREEMENT = "" } = process.env;
const urls = URLS.split(",");
let ready = 0;
let told = 0;

function heard(socket: WebSocket, data: unknown): void {
  const text = String(data);
  if (AGREEMENT === "") told += 1;
  else if (text.startsWith("0{")) socket.send("40");
  else if (text.startsWith("40{")) socket.send(`420["agreement:watch",${JSON.stringify({ agreementId: AGREEMENT, cursor: null })}]`);
  else if (text.startsWith("430[")) ready += 1;
  else if (text === "2") socket.send("3");
  else if (text.includes('"stream:appended"')) told += 1;
}

function open(turn: number): void {
  const url = urls[turn % urls.length] ?? "";
  const options = { headers: { cookie: COOKIE, origin: "http://localhost:4400" } };
  // Node's own WebSocket takes headers where a browser's takes protocols.
  const socket: WebSocket = Reflect.construct(WebSocket, [url, options]);
  socket.addEventListener("message", ({ data }) => heard(socket, data));
  if (AGREEMENT === "") socket.addEventListener("open", () => void (ready += 1));
}

for (let turn = 0; turn < Number(VIEWERS); turn++) open(turn);
const waiting = setInterval(() => {
  if (ready < Number(VIEWERS)) return;
  clearInterval(waiting);
  process.stdout.write('{"event":"ready"}\n');
}, 20);
let said = 0;
setInterval(() => {
  if (told !== said) process.stdout.write(`told ${told}\n`);
  said = told;
}, 10);
process.once("SIGTERM", () => process.exit(0));
