import { createReadStream } from "node:fs";
import type { AnsweredCall } from "../../shared/drift/agent-days.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { realDataFile } from "./real-data.ts";
import { exampleFeed, readWholeFile } from "./sample-feeds.ts";

/** What stands in the column of agents where nobody served. */
const NOBODY = "NO_SERVER";

export interface BankCalls {
  /** Answered by somebody, with the agent's pseudonym. */
  readonly calls: AnsweredCall[];
  /** Answered calls without an agent. */
  readonly nobodys: number;
  readonly waits: { readonly day: string; readonly outcome: string; readonly waitMs: number }[];
}

/** The bank's January 1999 by the shipped feed reader and feed, with agents besides; days are those of Israel. */
export async function bankCalls(): Promise<BankCalls> {
  const example = exampleFeed("bank-feed");
  const ignore = example.ignore?.filter((column) => column !== "server");
  const definition = FeedDefinition.parse({ ...example, missing: [NOBODY], ignore, agent: { column: "server" } });
  const { rows } = await readWholeFile(definition, createReadStream(realDataFile("anonymous-bank-1999/january.txt")));
  const contacts = rows.flatMap(({ row }) => (row !== null && "contactId" in row ? [row] : []));
  const day = (startMs: number): string =>
    Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO("Asia/Jerusalem").toPlainDate().toString();
  const answered = contacts.filter(({ outcome }) => outcome === "answered");
  const calls = answered.flatMap(({ agent, queue, startMs, handleMs }) =>
    agent === null || handleMs === null ? [] : [{ agent, queue, spokenMs: handleMs, day: day(startMs) }],
  );
  const waits = contacts.flatMap(({ startMs, outcome, waitMs }) =>
    waitMs === null || waitMs === 0 ? [] : [{ day: day(startMs), outcome, waitMs }],
  );
  return { calls, nobodys: answered.length - calls.length, waits };
}
