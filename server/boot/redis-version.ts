/** What a store server says of itself. */
export interface RedisVersion {
  readonly product: "redis" | "valkey";
  readonly major: number;
  /** As printed, e.g. `7.0.15`. */
  readonly text: string;
}

const OLDEST_MAJOR = 7;
const LINE = /^(?<product>Redis|Valkey) server v=(?<text>(?<major>\d+)\.\S+)/imu;

/** Reads what `redis-server --version` or `valkey-server --version` prints; null if that is something else. */
export function parseRedisVersion(output: string): RedisVersion | null {
  const groups = LINE.exec(output)?.groups;
  if (!groups?.["product"] || !groups["text"] || !groups["major"]) return null;
  return {
    product: groups["product"].toLowerCase() === "valkey" ? "valkey" : "redis",
    major: Number(groups["major"]),
    text: groups["text"],
  };
}

/** Whether Accord can keep its data in it: 7.0 is the oldest that it is tested with. */
export function isNewEnough(version: Pick<RedisVersion, "major">): boolean {
  return version.major >= OLDEST_MAJOR;
}
