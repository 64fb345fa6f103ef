/** Files for the example definitions of records, one good row or more each. */
export const SURVEY_HEADER = "id,at,queue,agent,score,recommend,solved,asked";
export const QA_HEADER =
  "evaluation;day;queue;agent;evaluator;form;version;greeting;solution;solution (client);notes;identity check;identity check (client)";
export const ROSTER_HEADER = "snapshot,agent,team,started,left,last day,reason";
export const SCHEDULE_HEADER = "day,from,to,agent,team,activity";

/** A survey with every question, in seconds of an hour of 2 March 2026. */
export const SURVEY_FEED = {
  accord: "feed/1",
  id: "survey",
  name: "Survey",
  kind: "survey",
  timeZone: "Europe/Lisbon",
  format: { type: "delimited", delimiter: "comma" },
  recordId: ["id"],
  start: { instant: { column: "at", format: "iso-8601" } },
  queue: { column: "queue" },
  agent: { column: "agent" },
  csat: { column: "score" },
  nps: { column: "recommend" },
  resolved: { column: "solved", yes: ["yes"], no: ["no"] },
  invited: { column: "asked", yes: ["yes"], no: ["no"] },
};

export function fileOf(header: string, rows: readonly (readonly (string | number)[])[], delimiter = ","): string {
  return [header, ...rows.map((row) => row.join(delimiter)), ""].join("\n");
}
