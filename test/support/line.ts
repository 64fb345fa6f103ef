import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** One browser's way to the servers, which a test can cut, hold or make deaf. A new connection goes to the next server that answers. */
export interface Line {
  readonly url: string;
  /** Breaks what is connected. @returns whether anything was. */
  cut(): boolean;
  /** What the servers say is lost from now on, until the line is cut. What the browser says arrives. */
  deafen(): void;
  /** The browser reads nothing any more, as a laptop that sleeps; what was sent waits with the sender. */
  hold(): void;
  resume(): void;
  stop(): Promise<void>;
}

interface Joined {
  readonly browser: Socket;
  readonly server: Socket;
  isDeaf: boolean;
}

async function firstAnswering(ports: readonly number[]): Promise<Socket | null> {
  for (const port of ports) {
    const socket = connect(port, "127.0.0.1");
    const answers = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    // A dead server's port may be taken for the connection's own end, which then speaks with itself.
    if (answers && socket.localPort !== port) return socket;
    socket.destroy();
  }
  return null;
}

/** @param ports the servers' ports on this machine. @param turn which of them is tried first. */
export async function startLine(ports: readonly number[], turn: number): Promise<Line> {
  const joined = new Set<Joined>();
  let turns = turn;

  async function join(browser: Socket): Promise<void> {
    browser.on("error", () => browser.destroy());
    const start = turns++ % ports.length;
    const server = await firstAnswering([...ports.slice(start), ...ports.slice(0, start)]);
    if (server === null || browser.destroyed) {
      server?.destroy();
      browser.destroy();
      return;
    }
    const both: Joined = { browser, server, isDeaf: false };
    joined.add(both);
    browser.on("data", (said) => server.write(said));
    server.on("data", (said) => void (both.isDeaf || browser.write(said)));
    server.on("error", () => server.destroy());
    for (const end of [browser, server]) end.on("close", () => leave(both));
  }

  function leave(both: Joined): void {
    joined.delete(both);
    both.browser.destroy();
    both.server.destroy();
  }

  const listener = createServer((browser) => void join(browser));
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const cut = (): boolean => {
    const all = [...joined];
    for (const both of all) leave(both);
    return all.length > 0;
  };
  return {
    url: `http://localhost:${typeof address === "object" && address !== null ? address.port : 0}`,
    cut,
    deafen: () => joined.forEach((both) => void (both.isDeaf = true)),
    hold: () => joined.forEach(({ server }) => server.pause()),
    resume: () => joined.forEach(({ server }) => server.resume()),
    async stop() {
      cut();
      listener.close();
      await once(listener, "close");
    },
  };
}
