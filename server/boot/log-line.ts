import { z } from "zod";

const PINO_ERROR = 50;
const LogRecord = z.looseObject({ level: z.number().optional(), event: z.string().optional(), msg: z.string().optional() });

/** What a line of a program's output means to the supervisor. */
export type LogLine = { readonly kind: "ready" } | { readonly kind: "error"; readonly message: string } | { readonly kind: "other" };

/** In development whatever is no record of ours is shown too, e.g. the stack of a syntax error. */
export function readDevelopmentLine(line: string): LogLine {
  const meaning = readLogLine(line);
  return meaning.kind === "other" && line.trim() !== "" && !line.startsWith("{") ? { kind: "error", message: line } : meaning;
}

/** Reads a line of JSON as our programs log it; anything else is for the log file only. */
export function readLogLine(line: string): LogLine {
  if (!line.startsWith("{")) return { kind: "other" };
  const record = LogRecord.safeParse(parseJson(line));
  if (!record.success) return { kind: "other" };
  if (record.data.event === "ready") return { kind: "ready" };
  if ((record.data.level ?? 0) >= PINO_ERROR) return { kind: "error", message: record.data.msg ?? "an error without a message" };
  return { kind: "other" };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line cut in the middle by a crash is no record.
    return null;
  }
}
