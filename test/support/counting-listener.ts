import { once } from "node:events";
import { createServer } from "node:net";

export interface CountingListener {
  readonly port: number;
  /** How many connections came, to any address of this machine. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Listens on every address of this machine, IPv4 and IPv6, and counts who comes. */
export async function startCountingListener(): Promise<CountingListener> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined).destroy();
  });
  server.listen(0, "::");
  await once(server, "listening").catch(async () => {
    server.listen(0, "0.0.0.0");
    await once(server, "listening");
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    connections: () => connections,
    async close() {
      server.close();
      await once(server, "close");
    },
  };
}
