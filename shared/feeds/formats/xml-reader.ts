import { RefusedFile } from "../refused-file.ts";

/** What an XML text holds, in its order. Names come without their prefix; text comes whole, between two tags. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  text(text: string): void;
  close(name: string): void;
}

export interface XmlReader {
  push(text: string): void;
  end(): void;
}

const MAX_DEPTH = 64;
/** Excel allows a cell 32,767 characters; this is more than any markup or text of a workbook. */
const MAX_TOKEN = 1_000_000;
const TAG = /^<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>$/;
const ENTITY = /&(?:#x([0-9a-fA-F]{1,6});|#(\d{1,7});|([a-z]{1,5});)?/g;
const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

export function brokenWorkbook(what: string): RefusedFile {
  return new RefusedFile({
    rule: "broken-workbook",
    message: `The workbook cannot be read: ${what}`,
    remedy: "Open it in Excel, save it again as .xlsx and send that, or send the sheet as CSV UTF-8",
  });
}

function characterOf(code: number): string {
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw brokenWorkbook("it has a character that does not exist");
  return String.fromCodePoint(code);
}

/** Text without its entities. Only the five of XML itself exist here, because no document type is read. */
function unescaped(text: string): string {
  const lines = text.includes("\r") ? text.replaceAll(/\r\n?/gu, "\n") : text;
  if (!lines.includes("&")) return lines;
  return lines.replaceAll(ENTITY, (_, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
    if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10));
    const character = NAMED.get(name ?? "");
    if (character === undefined) throw brokenWorkbook("it has an entity that XML does not know");
    return character;
  });
}

/** The value of an attribute, "" where it is not there. @param attributes of one tag, as the reader hands them out. @param name with its prefix, as it is written. */
export function attributeOf(attributes: string, name: string): string {
  let from = 0;
  for (let equals = attributes.indexOf("="); equals >= 0; equals = attributes.indexOf("=", from)) {
    let open = equals + 1;
    while (open < attributes.length && attributes[open] !== '"' && attributes[open] !== "'") open += 1;
    const close = attributes.indexOf(attributes[open] ?? '"', open + 1);
    if (close < 0) return "";
    if (attributes.slice(from, equals).trim() === name) return unescaped(attributes.slice(open + 1, close));
    from = close + 1;
  }
  return "";
}

/** Where the tag ends that begins at `start`; its attributes may contain ">". -1 where the text ends before it does. */
function tagEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === ">") return at + 1;
    if (mark !== '"' && mark !== "'") continue;
    at = text.indexOf(mark, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

/** What stands between the marks of a comment, an instruction or a raw text; `null` where its end has not come. */
function section(
  text: string,
  start: number,
  marks: { readonly open: string; readonly close: string },
): { inside: string; end: number } | null {
  const end = text.indexOf(marks.close, start + marks.open.length);
  return end < 0 ? null : { inside: text.slice(start + marks.open.length, end), end: end + marks.close.length };
}

const SECTIONS = [
  { open: "<!--", close: "-->" },
  { open: "<![CDATA[", close: "]]>" },
  { open: "<?", close: "?>" },
] as const;

/**
 * Reads XML in pieces of any size, as far as workbooks use it. A document type is refused: nothing good comes of the entities
 * that it may define.
 *
 * Its parts throw RefusedFile where the text is not well-formed.
 */
export function createXmlReader(handler: XmlHandler): XmlReader {
  const open: string[] = [];
  let rest = "";
  const tag = (text: string): void => {
    const last = open.at(-1);
    // Half of all tags are the end of the one before.
    if (last !== undefined && text.length === last.length + 3 && text.startsWith(last, 2) && text.startsWith("</")) {
      open.pop();
      handler.close(last);
      return;
    }
    const match = TAG.exec(text);
    if (match === null) throw brokenWorkbook("it has a broken tag");
    const [, closing, name = "", attributes = "", empty] = match;
    if (closing === "/") {
      if (open.pop() !== name) throw brokenWorkbook("its tags are not nested");
      handler.close(name);
      return;
    }
    handler.open(name, attributes);
    if (empty === "/") handler.close(name);
    else if (open.push(name) > MAX_DEPTH) throw brokenWorkbook(`it is nested more than ${MAX_DEPTH} levels deep`);
  };
  /** Reads the markup at `at`; the position behind it, or -1 where more text is needed. */
  const markup = (text: string, at: number): number => {
    const second = text[at + 1];
    const known = second === "!" || second === "?" ? SECTIONS.find((marks) => text.startsWith(marks.open, at)) : undefined;
    if (known !== undefined) {
      const found = section(text, at, known);
      if (found !== null && known.open === "<![CDATA[") handler.text(found.inside);
      return found?.end ?? -1;
    }
    if (second === "!") {
      if (text.length - at < 9) return -1;
      throw brokenWorkbook("it has a document type (DTD), which workbooks do not have");
    }
    const end = tagEnd(text, at);
    if (end >= 0) tag(text.slice(at, end));
    return end;
  };
  const read = (text: string): number => {
    let at = 0;
    for (;;) {
      const mark = text.indexOf("<", at);
      if (mark < 0) return at;
      if (mark > at && open.length > 0) handler.text(unescaped(text.slice(at, mark)));
      const end = markup(text, mark);
      if (end < 0) return mark;
      at = end;
    }
  };
  return {
    push: (text) => {
      const all = rest + text;
      rest = all.slice(read(all));
      if (rest.length > MAX_TOKEN) throw brokenWorkbook("it has a text of more than 1,000,000 characters");
    },
    end: () => {
      if (rest.trim() !== "" || open.length > 0) throw brokenWorkbook("one of its parts is cut off before its end");
    },
  };
}
