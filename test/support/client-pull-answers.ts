import { type PullRun, PullView } from "../../shared/protocol/pull.ts";
import { FIXTURE_NOW_MS } from "./client-fixture.ts";

const MINUTE_MS = 60_000;
const KEY = "SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDn0aOOqJo8pYg2PyE";

function run(minutesAgo: number, rest: Partial<PullRun>): PullRun {
  const startedAtMs = FIXTURE_NOW_MS - minutesAgo * MINUTE_MS;
  const nothing = { result: "unchanged", message: "Nothing new is there.", remedy: "", files: 0, bytes: 0, receipts: [] } as const;
  return { startedAtMs, endedAtMs: startedAtMs + 900, ...nothing, receipts: [], ...rest };
}

const SFTP = {
  kind: "sftp",
  host: "sftp.bayanihan.example",
  port: 22,
  user: "accord",
  auth: "private-key",
  folder: "/outgoing/acd",
  pattern: "acd-*.csv",
  take: "all-new",
} as const;

/** One pull in trouble with its host key, one that fails, and none for every other feed. */
export function pullAnswer(feedId: string): PullView | null {
  const common = {
    feedId,
    hasSecret: true,
    changedAtMs: FIXTURE_NOW_MS - 9000 * MINUTE_MS,
    changedBy: "Nora Bayani",
    runningSinceMs: null,
  };
  if (feedId.endsWith("csat-survey"))
    return PullView.parse({
      ...common,
      source: { kind: "http", url: "https://exports.bayanihan.example/csat/latest.csv?account=acme", auth: { kind: "bearer" } },
      schedule: { kind: "cron", pattern: "30 6 * * *", timeZone: "Asia/Manila" },
      nextRunAtMs: FIXTURE_NOW_MS + 958 * MINUTE_MS,
      state: "failing",
      failuresInRow: 4,
      retryAtMs: FIXTURE_NOW_MS + 7 * MINUTE_MS,
      lastRunAtMs: FIXTURE_NOW_MS - MINUTE_MS,
      lastSuccessAtMs: FIXTURE_NOW_MS - 1922 * MINUTE_MS,
      offeredHostKey: null,
      runs: [
        run(1, {
          result: "failed",
          message: "exports.bayanihan.example answered 503.",
          remedy: "Nothing to do if it passes; it is tried again.",
        }),
        run(1442, {}),
        run(1922, { result: "fetched", message: "One new file is fetched.", files: 1, bytes: 48_211, receipts: ["acme-voice.r88214"] }),
      ],
    });
  if (!feedId.endsWith("acd-intervals")) return null;
  const message = `${SFTP.host} shows the host key ${KEY}.`;
  const remedy = "Compare it with what the server's administrator says, then confirm it here. Nothing was sent to the host.";
  return PullView.parse({
    ...common,
    source: { ...SFTP, hostKey: null },
    schedule: { kind: "every", minutes: 15 },
    nextRunAtMs: FIXTURE_NOW_MS + 11 * MINUTE_MS,
    state: "unconfirmed",
    failuresInRow: 0,
    retryAtMs: null,
    lastRunAtMs: FIXTURE_NOW_MS - 4 * MINUTE_MS,
    lastSuccessAtMs: null,
    offeredHostKey: KEY,
    runs: [run(4, { result: "unconfirmed", message, remedy })],
  });
}
