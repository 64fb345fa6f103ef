import { OutboundError, type OutboundReason } from "../../shared/store/outbound/outbound-error.ts";

/** Why an attempt to fetch ended early, in words for the provider: never what the network behind the guard says. */
export class PullFailure extends Error {
  readonly remedy: string;
  /** Whether another try soon may succeed. */
  readonly temporary: boolean;
  /** The host key that was shown and is not the confirmed one. */
  readonly offeredHostKey: string | null;

  constructor(
    message: string,
    remedy: string,
    options: { readonly temporary: boolean; readonly offeredHostKey?: string; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = "PullFailure";
    this.remedy = remedy;
    this.temporary = options.temporary;
    this.offeredHostKey = options.offeredHostKey ?? null;
  }
}

const REMEDIES: Readonly<Record<OutboundReason, string>> = {
  "address-refused": "Name a host that is reached over the Internet, or ask the operator of Accord to allow this one.",
  "port-refused": "Use the usual port (443 for HTTPS, 22 for SFTP), or ask the operator of Accord to allow this host and port.",
  "scheme-refused": "Write an https:// address.",
  "too-many-redirects": "Give the address at which the file itself lies.",
  "too-large": "Offer smaller files, for example one for each day.",
  "unknown-host": "Check the spelling of the host name.",
  unreachable: "Check host and port, and whether a firewall lets Accord in.",
  timeout: "Check whether the server is up; it is tried again.",
  tls: "Renew the server's certificate, or use the name it was made for.",
  broken: "Look at the server's own log; it is tried again.",
};

/** Whoever reads bytes wraps what interrupted them. */
function rootOf(thrown: unknown): PullFailure | OutboundError | null {
  for (let error = thrown; error instanceof Error; error = error.cause)
    if (error instanceof PullFailure || error instanceof OutboundError) return error;
  return null;
}

/** What a provider is told of anything that went wrong while fetching; null when it was Accord itself that failed. */
export function toPullFailure(thrown: unknown): PullFailure | null {
  const root = rootOf(thrown);
  if (root === null || root instanceof PullFailure) return root;
  const { message, reason, temporary } = root;
  return new PullFailure(`${message}.`, REMEDIES[reason], { temporary, cause: thrown });
}
