import { ingestBench } from "./ingest-bench.ts";
import { latencyBench } from "./latency-bench.ts";

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { ingest: ingestBench, latency: latencyBench };

const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}
