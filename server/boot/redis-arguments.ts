/**
 * How the private Redis runs: on a unix socket only, every confirmed write on disk, and never a key dropped for want of memory.
 * The listpack sizes keep a day of intervals in one compact hash (96 fields of at most 64 bytes).
 */
export function redisArguments(place: { socket: string; dataDir: string }): string[] {
  const settings: readonly (readonly [string, ...string[]])[] = [
    ["port", "0"],
    ["unixsocket", place.socket],
    ["unixsocketperm", "700"],
    ["dir", place.dataDir],
    ["appendonly", "yes"],
    ["appendfsync", "always"],
    ["save", "3600 1"],
    ["maxmemory-policy", "noeviction"],
    ["hash-max-listpack-entries", "512"],
    ["hash-max-listpack-value", "64"],
    ["daemonize", "no"],
    ["loglevel", "notice"],
  ];
  return settings.flatMap(([name, ...values]) => [`--${name}`, ...values]);
}
