/** What is wrong with an agreement or a feed definition. A warning may be meant so; an error may not go into force. */
export interface DocumentProblem {
  readonly severity: "error" | "warning";
  /** Where, e.g. `targets.service-level.expected` or `feeds.calls.timeZone`. */
  readonly path: string;
  readonly message: string;
  /** Why the parties will come to disagree about it. */
  readonly dispute: string;
  /** What to write instead. */
  readonly remedy: string;
}

type Words = Omit<DocumentProblem, "severity" | "path">;

export function problem(path: string, words: Words): DocumentProblem {
  return { severity: "error", path, ...words };
}

export function doubt(path: string, words: Words): DocumentProblem {
  return { severity: "warning", path, ...words };
}
