import type { Redis } from "ioredis";
import { canonicalEmail } from "../../shared/store/people.ts";
import type { Limits } from "../limits.ts";
import { sha256Hex } from "./api-key-secret.ts";
import { GrowingDelay } from "./growing-delay.ts";

interface Attempt {
  readonly email: string;
  readonly address: string;
}

/** The part of an address that one household or office shares: /24 of IPv4, /64 of IPv6. */
export function addressPrefix(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/u.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  const [head = "", tail] = address.split("::");
  const groups = tail === undefined ? head.split(":") : [...head.split(":").filter((group) => group !== ""), "0", "0", "0", "0"];
  return groups.slice(0, 4).join(":");
}

/** Slows down password guessing by address, by account from one address, and by account. E-mails are kept hashed. */
export class SignInDelays {
  readonly #delays: readonly { readonly delay: GrowingDelay; readonly keyOf: (attempt: Attempt) => string; readonly forgiven: boolean }[];

  constructor(redis: Redis, rules: Limits["signIn"]) {
    const account = ({ email }: Attempt) => sha256Hex(canonicalEmail(email)).slice(0, 32);
    const address = (attempt: Attempt) => addressPrefix(attempt.address);
    this.#delays = [
      { delay: new GrowingDelay(redis, rules.address), keyOf: address, forgiven: false },
      { delay: new GrowingDelay(redis, rules.accountFromAddress), keyOf: (one) => `${account(one)}@${address(one)}`, forgiven: true },
      { delay: new GrowingDelay(redis, rules.account), keyOf: account, forgiven: true },
    ];
  }

  /** @throws AppError too-many with the seconds to wait. */
  async check(attempt: Attempt): Promise<void> {
    await Promise.all(this.#delays.map(({ delay, keyOf }) => delay.check(keyOf(attempt))));
  }

  async fail(attempt: Attempt): Promise<void> {
    await Promise.all(this.#delays.map(({ delay, keyOf }) => delay.fail(keyOf(attempt))));
  }

  /** The right password clears the account; the address stays counted, or one own account would cover for guessing others. */
  async succeed(attempt: Attempt): Promise<void> {
    const forgiven = this.#delays.filter((one) => one.forgiven);
    await Promise.all(forgiven.map(({ delay, keyOf }) => delay.reset(keyOf(attempt))));
  }
}
