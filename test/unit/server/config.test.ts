import { describe, expect, it } from "vitest";
import { parseConfig } from "../../../server/config.ts";

describe("the environment", () => {
  it("needs nothing but the place of Redis", () => {
    const parsed = parseConfig({ ACCORD_REDIS_SOCKET: "/run/r.sock" });
    expect(parsed).toMatchObject({
      ok: true,
      config: {
        host: "127.0.0.1",
        port: 4400,
        publicUrl: "http://localhost:4400",
        redis: { kind: "socket", path: "/run/r.sock" },
        logLevel: "info",
      },
    });
  });

  it("names every problem at once, with its variable", () => {
    const parsed = parseConfig({ PORT: "99999", ACCORD_PUBLIC_URL: "accord.example", REDIS_URL: "http://x", LOG_LEVEL: "loud" });
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems.map((problem) => problem.split(" ")[0])).toEqual(["PORT", "REDIS_URL", "ACCORD_PUBLIC_URL", "LOG_LEVEL"]);
  });

  it("says what to do when it does not know where Redis is", () => {
    expect(parseConfig({})).toMatchObject({ ok: false, problems: [expect.stringContaining("REDIS_URL")] });
  });

  it("refuses a public address with a path and keeps only the origin", () => {
    expect(parseConfig({ ACCORD_REDIS_SOCKET: "/r", ACCORD_PUBLIC_URL: "https://a.example/app" }).ok).toBe(false);
    expect(parseConfig({ ACCORD_REDIS_SOCKET: "/r", ACCORD_PUBLIC_URL: "https://a.example/" })).toMatchObject({
      config: { publicUrl: "https://a.example" },
    });
  });
});
