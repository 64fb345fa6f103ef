import { connect } from "node:net";

interface Chunks {
  readonly key: string;
  readonly chunks: number;
  readonly bytes: number;
  /** Whether the sender ends the body, cuts the line, or keeps it open and waits for an answer. */
  readonly ending: "end" | "cut" | "wait";
  readonly between?: () => Promise<void>;
}

/** A chunked upload over a bare socket. @returns the answer, or what came of it when the sender cuts the line. */
export async function chunkedUpload(url: string, { key, chunks, bytes, ending, between }: Chunks): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answered = new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (data) => {
      text += String(data);
      if (text.includes("\r\n\r\n")) resolve(text);
    });
    socket.on("close", () => resolve(text));
    socket.on("error", () => resolve(text));
  });
  const head = [
    "PUT /api/v1/feeds/north.calls/uploads HTTP/1.1",
    `Host: ${hostname}`,
    `Authorization: Bearer ${key}`,
    "Idempotency-Key: cut",
    "Transfer-Encoding: chunked",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  for (let i = 0; i < chunks; i += 1) {
    await new Promise((resolve) => socket.write(`${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`, resolve));
    await between?.();
  }
  if (ending === "cut") socket.destroy();
  if (ending === "end") socket.write("0\r\n\r\n");
  const text = await answered;
  socket.destroy();
  return text;
}
