import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { RedisTarget } from "../shared/store/connect.ts";
import type { KeyRing } from "../shared/store/key-ring.ts";
import type { Outbound } from "../shared/store/outbound/outbound.ts";
import type { RawFiles } from "../shared/store/raw-files.ts";
import type { MailSettings } from "./notify/mail-settings.ts";

/** What a worker is made of. Tests give their own clock; the rest is real. */
export interface WorkerParts {
  readonly target: RedisTarget;
  readonly redis: Redis;
  readonly rawFiles: RawFiles;
  readonly keyRing: KeyRing;
  /** Where raw files, keys and the ledger's mirror lie. */
  readonly stateDir: string;
  /** How connections to elsewhere are made. */
  readonly outbound: Outbound;
  readonly clock: () => number;
  readonly logger: Logger;
  /** Names this process in leases. */
  readonly owner: string;
}

/** What telling people of alerts takes besides. */
export interface NotifyParts extends WorkerParts {
  /** Where e-mail is handed over; `null` when nothing is set up. */
  readonly mail: MailSettings | null;
  /** Origin under which browsers reach the server, for links. */
  readonly publicUrl: string;
}
