/** Why nothing was fetched, each with its own words for the provider; `temporary` ones are worth another try. */
const REASONS = {
  "address-refused": { temporary: false },
  "port-refused": { temporary: false },
  "scheme-refused": { temporary: false },
  "too-many-redirects": { temporary: false },
  "too-large": { temporary: false },
  "unknown-host": { temporary: true },
  unreachable: { temporary: true },
  timeout: { temporary: true },
  tls: { temporary: true },
  broken: { temporary: true },
} as const satisfies Record<string, { temporary: boolean }>;

export type OutboundReason = keyof typeof REASONS;

/** A connection to elsewhere that was refused by Accord itself or did not come about. */
export class OutboundError extends Error {
  readonly reason: OutboundReason;
  readonly temporary: boolean;

  constructor(reason: OutboundReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "OutboundError";
    this.reason = reason;
    this.temporary = REASONS[reason].temporary;
  }
}
