import { describe, expect, test } from "vitest";
import { redisFolders, redisInstallCommand } from "../../../server/boot/find-redis.ts";
import { isNewEnough, parseRedisVersion } from "../../../server/boot/redis-version.ts";

describe("what a server program says of its version", () => {
  test.each([
    ["Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=d0b5d0b", { product: "redis", major: 7, text: "7.0.15" }],
    ["Redis server v=8.2.1 sha=00000000:1 malloc=libc bits=64 build=0", { product: "redis", major: 8, text: "8.2.1" }],
    ["Valkey server v=8.1.4 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=1", { product: "valkey", major: 8, text: "8.1.4" }],
    ["Redis server v=10.0.0-rc1 sha=0", { product: "redis", major: 10, text: "10.0.0-rc1" }],
  ])("%j is read", (output, version) => {
    expect(parseRedisVersion(output)).toEqual(version);
  });

  test.each(["", "redis-cli 7.0.15", "bash: redis-server: command not found", "Redis server v=seven"])("%j is no server", (output) => {
    expect(parseRedisVersion(output)).toBeNull();
  });

  test("7 and later are new enough, 6 is not", () => {
    expect([6, 7, 8, 10].map((major) => isNewEnough({ major }))).toEqual([false, true, true, true]);
  });
});

describe("looking for Redis", () => {
  test("starts with the search path and looks nowhere twice", () => {
    const folders = redisFolders("/my/bin:/usr/bin::/my/bin");
    expect(folders.slice(0, 2)).toEqual(["/my/bin", "/usr/bin"]);
    expect(new Set(folders).size).toBe(folders.length);
    expect(folders).toContain("/opt/homebrew/bin");
  });

  test.each([
    ["darwin", "", "brew install valkey"],
    ["linux", 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', "sudo apt-get install -y redis-server"],
    ["linux", 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', "sudo apt-get install -y redis-server"],
    ["linux", 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', "sudo dnf install -y valkey"],
    ["linux", "ID=alpine\n", "sudo apk add valkey"],
    ["linux", "ID=arch\n", "sudo pacman -S --noconfirm valkey"],
  ])("on %s with %j it names one line to run", (platform, osRelease, line) => {
    expect(redisInstallCommand(platform, osRelease)).toBe(line);
  });

  test("on a system it does not know it says what is needed", () => {
    expect(redisInstallCommand("linux", "ID=unheard-of")).toContain("redis-server 7.0 or newer");
  });
});
