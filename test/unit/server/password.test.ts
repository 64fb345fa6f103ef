import { describe, expect, it } from "vitest";
import { hashPassword, refuseCommonPassword, verifyPassword } from "../../../server/access/password.ts";

describe("passwords", () => {
  it("are stored as argon2id with their cost and a salt of their own", async () => {
    const [one, two] = await Promise.all([hashPassword("correct horse battery"), hashPassword("correct horse battery")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
    expect(one).not.toBe(two);
    expect(await verifyPassword("correct horse battery", one)).toBe(true);
    expect(await verifyPassword("correct horse batterY", one)).toBe(false);
  });

  it("are verified with the cost they were stored with", async () => {
    const weak = "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$";
    await expect(verifyPassword("x", `${weak}${"A".repeat(43)}`)).resolves.toBe(false);
  });

  it("of an unknown person are never right", async () => {
    expect(await verifyPassword("anything", null)).toBe(false);
  });

  it.each(["password123", "QWERTYUIOP", "1234567890"])("that everybody tries first are refused: %s", (password) => {
    expect(() => refuseCommonPassword(password)).toThrow("most common");
  });
});
