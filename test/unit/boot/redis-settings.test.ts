import { describe, expect, test } from "vitest";
import { unsafeSettings } from "../../../server/boot/redis-settings.ts";

const SAFE = { version: "7.0.15", maxmemoryPolicy: "noeviction", appendonly: "yes", appendfsync: "always" } as const;

describe("a Redis of the operator's own", () => {
  test("is taken when it keeps what it confirms", () => {
    expect(unsafeSettings(SAFE)).toEqual([]);
  });

  test.each([
    [{ maxmemoryPolicy: "allkeys-lru" }, "maxmemory-policy"],
    [{ appendonly: "no" }, "appendonly"],
    [{ appendfsync: "everysec" }, "appendfsync"],
  ])("%j is refused in one sentence with the setting and the mend", (change, name) => {
    const problems = unsafeSettings({ ...SAFE, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).toContain(`CONFIG SET ${name}`);
  });

  test("version 6 is refused", () => {
    expect(unsafeSettings({ ...SAFE, version: "6.2.14" })).toEqual([expect.stringContaining("7.0 or newer")]);
  });

  test("a setting that cannot be read is not taken for safe", () => {
    expect(unsafeSettings({ ...SAFE, appendfsync: null })).toEqual([expect.stringContaining("cannot be read")]);
  });

  test("every problem is named at once", () => {
    expect(unsafeSettings({ version: null, maxmemoryPolicy: null, appendonly: null, appendfsync: null })).toHaveLength(4);
  });
});
