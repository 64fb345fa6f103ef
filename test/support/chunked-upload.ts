import { bareUpload } from "./bare-request.ts";

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
  const { socket, answer } = bareUpload(url, { key, headers: ["Idempotency-Key: cut", "Transfer-Encoding: chunked"] });
  for (let i = 0; i < chunks; i += 1) {
    await new Promise((resolve) => socket.write(`${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`, resolve));
    await between?.();
  }
  if (ending === "cut") socket.destroy();
  if (ending === "end") socket.write("0\r\n\r\n");
  const text = await answer;
  socket.destroy();
  return text;
}
