import type { FileProblem } from "./canonical.ts";

export function badUtf8(offset: number): FileProblem {
  return {
    rule: "invalid-utf-8",
    message: `The file is not valid UTF-8: byte ${offset} (counted from 0) starts no character`,
    remedy: "Save the file as UTF-8, or name its encoding in the feed's definition (windows-1252)",
  };
}

export function badUtf16(character: number): FileProblem {
  return {
    rule: "invalid-utf-16",
    message: `The file is not valid UTF-16: character ${character} (counted from 0) is broken`,
    remedy: "Save the file again as UTF-8",
  };
}

export function nulAt(offset: number): FileProblem {
  return {
    rule: "binary",
    message: `The file is not text: byte ${offset} (counted from 0) is zero`,
    remedy: "Send delimited text in UTF-8; UTF-16 needs its byte order mark",
  };
}

const SIGNATURES: readonly (readonly [bytes: readonly number[], what: string, remedy: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], "a zip archive or an Excel workbook inside another archive", "Send it as it is, packed once"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook", "Save the sheet as CSV UTF-8 and send that"],
  [[0x1f, 0x8b], "a gzip archive inside another archive", "Send it packed once"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF document", "Send the table as delimited text"],
  [[0xff, 0xfe, 0x00, 0x00], "UTF-32 text", "Save it as UTF-8"],
  [[0x00, 0x00, 0xfe, 0xff], "UTF-32 text", "Save it as UTF-8"],
];

/** What the first bytes betray, where they belong to something that is not a table of text. */
export function signatureProblem(head: Uint8Array): FileProblem | null {
  for (const [bytes, what, remedy] of SIGNATURES) {
    if (bytes.every((byte, at) => head[at] === byte)) return { rule: "binary", message: `The file is ${what}, not text`, remedy };
  }
  return null;
}
