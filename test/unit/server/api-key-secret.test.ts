import { expect, it } from "vitest";
import { apiKeyId, matchesApiKey, newApiKeySecret, sha256Hex } from "../../../server/access/api-key-secret.ts";

it("a key is acc_<8>_<43 base62> and only its hash is kept", () => {
  const { id, secret, secretSha256 } = newApiKeySecret();
  expect(secret).toMatch(/^acc_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}$/u);
  expect(apiKeyId(secret)).toBe(id);
  expect(secretSha256).toBe(sha256Hex(secret));
  expect(matchesApiKey(secret, secretSha256)).toBe(true);
});

it("a key with one letter changed does not match", () => {
  const { secret, secretSha256 } = newApiKeySecret();
  const changed = secret.slice(0, -1) + (secret.endsWith("A") ? "B" : "A");
  expect(matchesApiKey(changed, secretSha256)).toBe(false);
});

it.each(["", "acc_", "acc_12345678_short", "Bearer acc_12345678_", `acc_12345678_${"é".repeat(43)}`])(
  "text of another form has no id: %j",
  (text) => {
    expect(apiKeyId(text)).toBeNull();
  },
);
