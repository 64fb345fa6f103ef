import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { BootFailure, EXIT } from "./boot-failure.ts";
import { prepareSocketPath } from "./short-socket-path.ts";

export interface StateLock {
  release(): Promise<void>;
}

async function answers(socketPath: string): Promise<string | null> {
  const connection = createConnection(socketPath);
  try {
    const chunks: string[] = [];
    for await (const chunk of connection.setEncoding("utf8")) chunks.push(String(chunk));
    return chunks.join("");
  } catch {
    return null;
  }
}

async function listen(socketPath: string, greeting: string): Promise<Server> {
  const server = createServer((connection) => connection.on("error", () => undefined).end(greeting));
  server.listen(socketPath);
  await once(server, "listening");
  server.unref();
  return server;
}

/**
 * Keeps a second Accord away from the same data. A listening socket is the lock: the system lets go of it when the process
 * dies, however it dies, and no process number can be mistaken for another's.
 * @throws BootFailure that names the one that runs
 */
export async function lockState(stateDir: string, greeting: string): Promise<StateLock> {
  const socketPath = await prepareSocketPath(stateDir, "lock.sock");
  const running = await answers(socketPath);
  if (running !== null) {
    throw new BootFailure(
      `Accord is already running on ${stateDir} (${running}): use that one, stop it with Ctrl-C, or set ACCORD_STATE_DIR to another folder.`,
      EXIT.temporary,
    );
  }
  await rm(socketPath, { force: true });
  const server = await listen(socketPath, greeting);
  return {
    async release() {
      server.close();
      await rm(socketPath, { force: true });
    },
  };
}
