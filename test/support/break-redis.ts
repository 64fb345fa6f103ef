import type { Redis } from "ioredis";

/** Where a process dies: right before it sends its n-th command, or right after the answer to it came. */
export interface BreakPoint {
  readonly command: number;
  readonly when: "before" | "after";
}

const never = async (): Promise<never> => await new Promise<never>(() => undefined);

/**
 * Ends the life of whoever uses a connection at one of its commands, counted from now: nothing is sent any more and nothing
 * answered. @returns how many commands were sent so far.
 */
export function breakAt(redis: Redis, at: BreakPoint | null, die: () => void): () => number {
  const send = redis.sendCommand.bind(redis);
  let count = 0;
  let isDead = false;
  const end = async (): Promise<never> => {
    isDead = true;
    die();
    return await never();
  };
  redis.sendCommand = (command, stream) => {
    count += 1;
    if (isDead) return never();
    if (count !== at?.command) return send(command, stream);
    return at.when === "before" ? end() : Promise.resolve(send(command, stream)).then(end);
  };
  return () => count;
}
