import type { StreamEvent } from "../protocol/live.ts";

const texts = new WeakMap<object, string>();

/** The JSON of a value that nobody changes, written once: a verdict is kept and told in the same words. */
export function jsonText(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

/** An event as the stream has it. */
export function eventText(event: StreamEvent): string {
  if (event.kind === "verdict:changed") return `{"kind":"${event.kind}","verdict":${jsonText(event.verdict)}}`;
  if (event.kind === "outlook:changed") return `{"kind":"${event.kind}","outlook":${jsonText(event.outlook)}}`;
  return JSON.stringify(event);
}
