import { once } from "node:events";
import { createServer } from "node:net";
import { BootFailure, EXIT } from "./boot-failure.ts";

/**
 * Sees that the port can be listened on, by listening on it for a moment.
 * @throws BootFailure in one sentence that names the port and the mend
 */
export async function requireFreePort(address: { host: string; port: number }, command: string): Promise<void> {
  const server = createServer();
  server.listen(address.port, address.host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new BootFailure(explainPort(address, command, error), EXIT.unavailable, { cause: error });
  } finally {
    server.close();
  }
}

/** What stands in the way of listening, and what to type instead. */
export function explainPort(address: { host: string; port: number }, command: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const other = address.port < 65_000 ? (address.port < 1024 ? 4400 : address.port + 100) : 4400;
  if (code === "EACCES") return `Port ${address.port} is reserved for root: choose another with \`PORT=${other} ${command}\`.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${address.host} is no address of this machine: leave HOST out, or set it to 127.0.0.1 or 0.0.0.0.`;
  return `Port ${address.port} is taken by another program: choose another with \`PORT=${other} ${command}\`.`;
}
