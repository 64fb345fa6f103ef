/** Something that a file cannot say. */
export interface Question {
  readonly id: string;
  readonly text: string;
  /** What is known of it, or what depends on it. */
  readonly why: string;
  /** Answers to choose from; `null`: any text, or, for `zone` and `day`, a zone or a day. */
  readonly options: readonly { readonly value: string; readonly words: string }[] | null;
  readonly input: "choice" | "text" | "zone" | "day";
  /** The answer that counts as long as nobody gives another; `null`: it has to be answered. */
  readonly proposed: string | null;
}
