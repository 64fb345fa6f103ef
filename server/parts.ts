import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { DriveQueue } from "../shared/store/drive-queue.ts";
import type { KeyRing } from "../shared/store/key-ring.ts";
import type { PullQueue } from "../shared/store/pull-queue.ts";
import type { RawFiles } from "../shared/store/raw-files.ts";
import type { Limits } from "./limits.ts";

/** Everything the server is made of. `main.ts` builds them from the environment, tests build their own. */
export interface ServerParts {
  /** A connection that fails fast. */
  readonly redis: Redis;
  /** A connection of its own for the stream hints. */
  readonly subscriber: Redis;
  readonly rawFiles: RawFiles;
  readonly keyRing: KeyRing;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
  readonly pullQueue: PullQueue;
  readonly driveQueue: Pick<DriveQueue, "hint" | "hintOfReceipt">;
  readonly publicUrl: string;
  readonly stateDir: string;
  /** Folder of the built client; it may be missing. */
  readonly clientDir: string;
  readonly limits: Limits;
}
