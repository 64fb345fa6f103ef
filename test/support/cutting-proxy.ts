import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import path from "node:path";
import type { Redis } from "ioredis";
import { GatheringRedis } from "../../shared/store/gathering-redis.ts";
import type { TestRedis } from "./redis.ts";

export interface CuttingProxy {
  /** A connection through the proxy that sends again what got no answer, as workers do. */
  connect(): Redis;
  /** The next request that matches is executed by Redis, and its reply is lost together with the connection. */
  cutReplyTo(matches: (request: string) => boolean): void;
  /** How many replies were lost so far. */
  readonly cuts: number;
  stop(): Promise<void>;
}

/** A unix socket in front of a test's Redis that can lose a reply: the command took effect, the caller never learns it. */
export async function startCuttingProxy(server: TestRedis): Promise<CuttingProxy> {
  const socketPath = path.join(server.dir, "proxy.sock");
  const sockets = new Set<Socket>();
  const connections = new Set<Redis>();
  let matches: ((request: string) => boolean) | null = null;
  let cuts = 0;

  function join(client: Socket): void {
    const upstream = createConnection(server.target.path);
    let cutting = false;
    client.on("data", (request) => {
      if (matches?.(request.toString("latin1")) === true) {
        matches = null;
        cutting = true;
      }
      upstream.write(request);
    });
    upstream.on("data", (reply) => {
      if (!cutting) client.write(reply);
      else {
        cuts++;
        cutting = false;
        client.destroy();
      }
    });
    for (const [end, other] of [[client, upstream] as const, [upstream, client] as const]) {
      sockets.add(end);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        sockets.delete(end);
        other.destroy();
      });
    }
  }

  const proxy = createServer(join);
  proxy.listen(socketPath);
  await once(proxy, "listening");
  return {
    connect: () => {
      const redis = new GatheringRedis({ path: socketPath, retryStrategy: () => 5, maxRetriesPerRequest: null });
      redis.on("error", () => undefined);
      connections.add(redis);
      return redis;
    },
    cutReplyTo: (next) => {
      matches = next;
    },
    get cuts() {
      return cuts;
    },
    stop: async () => {
      for (const redis of connections) redis.disconnect();
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}
