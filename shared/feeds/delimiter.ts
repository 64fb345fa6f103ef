import type { Delimited } from "./file-format.ts";

export const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" } as const satisfies Record<Delimited["delimiter"], string>;
export type DelimiterName = keyof typeof DELIMITERS;
export const DELIMITER_NAMES = ["comma", "semicolon", "tab", "pipe"] as const satisfies readonly DelimiterName[];
