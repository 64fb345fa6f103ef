import type { DelayRule } from "./access/growing-delay.ts";
import type { TurnRule } from "./access/turns.ts";
import type { Steadiness } from "./http/steady-body.ts";

/** What one caller may use up. Tests take smaller ones. */
export interface Limits {
  readonly uploadBytes: number;
  /** How slow an upload may be. */
  readonly uploadSteadiness: Steadiness;
  /** Per API key or person. */
  readonly uploadsPerMinute: number;
  /** Bodies of one key or person that are read at the same time, and those of them that are larger than the free bytes. */
  readonly uploadTurns: TurnRule;
  readonly largeUploadTurns: TurnRule;
  /** Per socket. */
  readonly socketEventsPer10s: number;
  /** Unsent bytes after which a slow browser is dropped. */
  readonly socketBufferBytes: number;
  readonly signIn: { readonly address: DelayRule; readonly accountFromAddress: DelayRule; readonly account: DelayRule };
  readonly setup: DelayRule;
}

/**
 * Wrong passwords are counted three ways: a stranger who tries one account from elsewhere must not keep its owner out,
 * so the account alone slows down late and by little.
 */
export const LIMITS: Limits = {
  uploadBytes: 50_000_000,
  uploadSteadiness: { everyMs: 10_000, leastBytes: 10_000, freeBytes: 1_000_000, bytesPerSecond: 20_000_000 },
  uploadsPerMinute: 1200,
  uploadTurns: { most: 4, mostWaiting: 200, waitMs: 60_000 },
  largeUploadTurns: { most: 1, mostWaiting: 4, waitMs: 60_000 },
  socketEventsPer10s: 60,
  socketBufferBytes: 1024 * 1024,
  signIn: {
    address: { name: "sign-in-address", free: 30, capSeconds: 60 },
    accountFromAddress: { name: "sign-in-account-address", free: 5, capSeconds: 60 },
    account: { name: "sign-in-account", free: 50, capSeconds: 5 },
  },
  setup: { name: "setup", free: 10, capSeconds: 60 },
};
