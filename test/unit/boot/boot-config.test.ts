import { describe, expect, test } from "vitest";
import { parseBootConfig, type BootConfig, type BootMode } from "../../../server/boot/boot-config.ts";

function read(mode: BootMode, environment: Record<string, string>): BootConfig {
  const parsed = parseBootConfig(mode, environment);
  if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
  return parsed.config;
}

function problemsOf(environment: Record<string, string>): readonly string[] {
  const parsed = parseBootConfig("start", environment);
  return parsed.ok ? [] : parsed.problems;
}

describe("the environment of a start", () => {
  test("needs nothing: port 4400 on this machine only, a private Redis, data in the project", () => {
    const config = read("start", {});
    expect(config).toMatchObject({ host: "127.0.0.1", port: 4400, redisUrl: null, publicUrl: "http://localhost:4400" });
    expect(config.stateDir).toMatch(/\/\.data\/live$/u);
  });

  test("keeps the data of the demonstration and of development away from real data", () => {
    expect(read("demo", {}).stateDir).toMatch(/\/\.data\/demo$/u);
    expect(read("dev", {}).stateDir).toMatch(/\/\.data\/dev$/u);
  });

  test("an empty variable counts as unset", () => {
    expect(read("start", { PORT: "", REDIS_URL: "" })).toMatchObject({ port: 4400, redisUrl: null });
  });

  test("browsers reach a developer's pages at the page server", () => {
    expect(read("dev", { PORT: "4500" }).publicUrl).toBe("http://localhost:5173");
  });

  test.each(["0", "65536", "-1", "4400.5", "0x10", " 4400", "http", "1e3"])("the port %j is refused, naming the variable", (port) => {
    expect(problemsOf({ PORT: port })).toEqual(["PORT must be a port between 1 and 65535"]);
  });

  test("every problem is named at once", () => {
    expect(problemsOf({ PORT: "no", REDIS_URL: "localhost", ACCORD_PUBLIC_URL: "ftp://a" })).toHaveLength(3);
  });
});
