import type { FeedDefinition } from "./definition.ts";

export const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" } as const satisfies Record<
  FeedDefinition["format"]["delimiter"],
  string
>;
export type DelimiterName = keyof typeof DELIMITERS;
export const DELIMITER_NAMES = ["comma", "semicolon", "tab", "pipe"] as const satisfies readonly DelimiterName[];
