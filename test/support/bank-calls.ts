import { createReadStream } from "node:fs";
import type { AnsweredCall } from "../../shared/drift/agent-days.ts";
import { FeedDefinition } from "../../shared/feeds/definition.ts";
import { realDataFile } from "./real-data.ts";
import { exampleFeed, readWholeFile } from "./sample-feeds.ts";

/** What stands in the column of agents where nobody served. */
const NOBODY = "NO_SERVER";

/** The bank's answered calls of January 1999 with their agents' pseudonyms, by the shipped feed reader. */
export async function bankCalls(): Promise<{ calls: AnsweredCall[]; nobodys: number }> {
  const example = exampleFeed("bank-feed");
  const ignore = example.ignore?.filter((column) => column !== "server");
  const definition = FeedDefinition.parse({ ...example, missing: [NOBODY], ignore, agent: { column: "server" } });
  const { rows } = await readWholeFile(definition, createReadStream(realDataFile("anonymous-bank-1999/january.txt")));
  const answered = rows.flatMap(({ row }) => (row !== null && "contactId" in row && row.outcome === "answered" ? [row] : []));
  const calls = answered.flatMap(({ agent, queue, startMs, handleMs }) =>
    agent === null || handleMs === null
      ? []
      : [
          {
            agent,
            queue,
            spokenMs: handleMs,
            day: Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO("Asia/Jerusalem").toPlainDate().toString(),
          },
        ],
  );
  return { calls, nobodys: answered.length - calls.length };
}
