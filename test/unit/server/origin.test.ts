import { describe, expect, it } from "vitest";
import { isAllowedOrigin } from "../../../server/access/origin.ts";

describe("the origin of a page", () => {
  it.each([
    ["https://accord.example", true],
    ["https://accord.example:443", true],
    ["http://accord.example", false],
    ["https://accord.example:8443", false],
    ["https://evil.accord.example", false],
    ["https://accord.example.evil.com", false],
    ["https://evil.example", false],
    ["http://localhost:5173", false],
    ["null", false],
    ["", false],
    ["not a url", false],
  ])("%s on a public address: %s", (origin, allowed) => {
    expect(isAllowedOrigin(origin, "https://accord.example")).toBe(allowed);
  });

  it.each([
    ["http://localhost:4400", true],
    ["http://127.0.0.1:4400", true],
    ["http://localhost:5173", true],
    ["http://localhost.evil.com:4400", false],
    ["http://192.168.1.5:4400", false],
    ["null", false],
  ])("%s on a loopback address: %s", (origin, allowed) => {
    expect(isAllowedOrigin(origin, "http://localhost:4400")).toBe(allowed);
  });
});
