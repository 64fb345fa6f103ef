import { pino } from "pino";
import { runSimulator } from "./app.ts";
import { parseConfig } from "./config.ts";
import { readDemoKeys } from "./demo-keys.ts";
import { createProviderClient } from "./provider-client.ts";

const parsed = parseConfig(process.env);
if ("problems" in parsed) {
  for (const problem of parsed.problems) console.error(`simulator: ${problem}`);
  process.exit(1);
}

const { config } = parsed;
const log = pino({ name: "simulator", level: config.logLevel });
const stop = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stop.abort());

try {
  const keys = await readDemoKeys(config.keysFile);
  const onRetry = (feedId: string, reason: string): void =>
    log.warn({ event: "retry", feedId, reason }, `${feedId}: not taken in yet, trying again`);
  const client = createProviderClient({ keys, signal: stop.signal, onRetry });
  await runSimulator({ config, client, log, signal: stop.signal, nowS: () => Math.floor(Date.now() / 1000) });
} catch (thrown) {
  if (!stop.signal.aborted) {
    log.error({ err: thrown }, "the simulator stops");
    process.exitCode = 1;
  }
}
