import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PureSha256, pureSha256 } from "../../../../shared/ledger/pure-sha256.ts";
import { sha256 } from "../../../../shared/store/sha256.ts";

describe("SHA-256 without a platform", () => {
  /** FIPS 180-4, examples of NIST. */
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
  ])("of %j is known", (text, hash) => {
    expect(pureSha256(new TextEncoder().encode(text)).toHex()).toBe(hash);
  });

  it("is the platform's, for every length around a block", () => {
    for (let n = 0; n < 200; n++) {
      const bytes = new Uint8Array(n).map((_, i) => (i * 7 + n) & 255);
      expect(pureSha256(bytes).toHex()).toBe(Buffer.from(sha256(bytes)).toString("hex"));
    }
  });

  it("does not depend on the pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 8 }), (pieces) => {
        const whole = new PureSha256();
        for (const piece of pieces) whole.update(piece);
        expect(whole.digest().toHex()).toBe(Buffer.from(sha256(Buffer.concat(pieces))).toString("hex"));
      }),
      { numRuns: 300, seed: 180 },
    );
  });
});
