import { AppError } from "../../../shared/protocol/errors.ts";
import { PullSchedule, PullSource, type PullView } from "../../../shared/protocol/pull.ts";
import { formText } from "../../ui/form-text.ts";

function authOf(text: (name: string) => string): unknown {
  const kind = text("auth");
  if (kind === "basic") return { kind, user: text("user") };
  return kind === "header" ? { kind, name: text("header") } : { kind };
}

/** The host key that was confirmed stays as long as it is the same host. */
function confirmedKey(text: (name: string) => string, before: PullView | null): string | null {
  const source = before?.source;
  if (source?.kind !== "sftp") return null;
  return source.host === text("host").trim() && source.port === Number(text("port")) ? source.hostKey : null;
}

function sourceOf(text: (name: string) => string, before: PullView | null): unknown {
  const kind = text("kind");
  const files = { pattern: text("pattern"), take: text("take") };
  if (kind === "http") return { kind, url: text("url").trim(), auth: authOf(text) };
  if (kind === "s3") {
    const bucket = { endpoint: text("endpoint").trim(), region: text("region"), bucket: text("bucket"), prefix: text("prefix") };
    return { kind, ...bucket, ...files, accessKeyId: text("accessKeyId") };
  }
  const place = { host: text("host").trim(), port: Number(text("port")), user: text("user"), auth: text("auth"), folder: text("folder") };
  return { kind, ...place, ...files, hostKey: confirmedKey(text, before) };
}

function scheduleOf(text: (name: string) => string): unknown {
  if (text("when") === "every") return { kind: "every", minutes: Number(text("minutes")) };
  const timeZone = text("timeZone");
  if (text("when") === "cron") return { kind: "cron", pattern: text("cron").trim(), timeZone };
  const [hour = "", minute = ""] = text("clock").split(":");
  return { kind: "cron", pattern: `${Number(minute)} ${Number(hour)} * * *`, timeZone };
}

/** The path inside the form's value to the words a field has on the screen. */
const LABELS: Readonly<Record<string, string>> = {
  url: "Address of the file",
  endpoint: "Endpoint",
  pattern: "Files named",
  timeZone: "Time zone",
  minutes: "Minutes",
};

/**
 * What the form says, checked as the server will check it.
 *
 * @throws AppError naming the first field that does not fit.
 */
export function readPullForm(data: FormData, before: PullView | null): { source: PullSource; schedule: PullSchedule; secret?: string } {
  const text = (name: string): string => formText(data, name);
  const source = PullSource.safeParse(sourceOf(text, before));
  const schedule = PullSchedule.safeParse(scheduleOf(text));
  const issue = source.error?.issues[0] ?? schedule.error?.issues[0];
  if (!source.success || !schedule.success) {
    const field = String(issue?.path.at(-1) ?? "");
    throw new AppError("bad-request", `${LABELS[field] ?? field}: ${issue?.message ?? "does not fit"}.`, "Change it and save again.");
  }
  const secret = text("secret");
  return { source: source.data, schedule: schedule.data, ...(secret === "" ? {} : { secret }) };
}
