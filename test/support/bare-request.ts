import { connect, type Socket } from "node:net";

/** A request written by hand onto a socket, for senders that no client library would be. */
export interface BareRequest {
  readonly socket: Socket;
  /** Resolves with everything that came back, when the first line and its headers are there or the line is cut. */
  readonly answer: Promise<string>;
  write(bytes: string | Uint8Array): Promise<void>;
}

/** Opens a socket and writes the head of an upload to it. */
export function bareUpload(
  url: string,
  { key, headers, feed = "north.calls" }: { readonly key: string; readonly headers: readonly string[]; readonly feed?: string },
): BareRequest {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (data) => {
      text += String(data);
      if (text.includes("\r\n\r\n")) resolve(text);
    });
    socket.on("close", () => resolve(text));
    socket.on("error", () => resolve(text));
  });
  const head = [`PUT /api/v1/feeds/${feed}/uploads HTTP/1.1`, `Host: ${hostname}`, `Authorization: Bearer ${key}`, ...headers];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  return {
    socket,
    answer,
    write: async (bytes) => await new Promise((resolve) => void socket.write(bytes, () => resolve())),
  };
}
