import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GatheringRedis } from "../../shared/store/gathering-redis.ts";
import { startRedis, type TestRedis } from "../support/redis.ts";

let server: TestRedis;
let redis: GatheringRedis;
beforeAll(async () => {
  server = await startRedis();
  redis = new GatheringRedis({ path: server.target.path });
  await redis.ping();
});

afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

it("sends the commands of one turn together when the turn ends", async () => {
  const { stream } = redis;
  const replies = [redis.set("a", 1), Promise.resolve().then(async () => await redis.incr("a")), redis.get("a")];
  expect([stream.writableCorked, stream.writableLength > 0]).toEqual([1, true]);
  await setImmediate();
  expect([stream.writableCorked, stream.writableLength]).toEqual([0, 0]);
  expect(await Promise.all(replies)).toEqual(["OK", 2, "1"]);
});

it("keeps their order, however large they are, and does not keep large ones waiting", async () => {
  const sizes = Array.from({ length: 200 }, (_, i) => (i % 7 === 0 ? 40_000 : i % 5));
  const lengths = sizes.map(async (size) => await redis.append("text", "x".repeat(size)));
  let sum = 0;
  expect(await Promise.all(lengths)).toEqual(sizes.map((size) => (sum += size)));

  const stream = redis.stream;
  const large = redis.set("large", "x".repeat(100_000));
  expect(stream.writableCorked).toBe(0);
  const small = redis.get("large");
  expect(stream.writableCorked).toBe(1);
  expect([await large, (await small)?.length, stream.writableCorked]).toEqual(["OK", 100_000, 0]);
});
