import { expect, it } from "vitest";
import { addressPrefix } from "../../../server/access/sign-in-delays.ts";

it.each([
  ["192.0.2.77", "192.0.2"],
  ["::ffff:192.0.2.77", "192.0.2"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("%s is counted as %s", (address, prefix) => {
  expect(addressPrefix(address)).toBe(prefix);
});
