/** Each bench brings what it needs only when it runs, so that one never waits for the parts of another. */
const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  evaluate: async () => (await import("./evaluate-bench.ts")).evaluateBench(),
  ingest: async () => (await import("./ingest-bench.ts")).ingestBench(),
  hostile: async () => (await import("./hostile-bench.ts")).hostileBench(),
  "ingest-memory": async () => (await import("./ingest-memory-bench.ts")).ingestMemoryBench(),
  memory: async () => (await import("./memory-bench.ts")).memoryBench(),
  latency: async () => (await import("./latency-bench.ts")).latencyBench(),
  alerts: async () => (await import("./alert-latency-bench.ts")).alertLatencyBench(),
  "fan-out": async () => (await import("./fan-out-bench.ts")).fanOutBench(),
  rebuild: async () => (await import("./rebuild-bench.ts")).rebuildBench(),
  verify: async () => (await import("./verify-bench.ts")).verifyBench(),
  outlook: async () => (await import("./outlook-bench.ts")).outlookBench(),
  drift: async () => (await import("./drift-bench.ts")).driftBench(process.argv.includes("--quick")),
  nab: async () => (await import("./nab-bench.ts")).nabBench(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !name.startsWith("--") && BENCHES[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`There is no bench "${unknown.join('", "')}". There are ${Object.keys(BENCHES).join(", ")}.\n`);
  process.exit(64);
}
for (const [name, run] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}
