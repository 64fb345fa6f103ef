import { z } from "zod";
import { FeedDefinition } from "../../../shared/feeds/definition.ts";
import type { DryRun } from "../../../shared/feeds/propose/dry-run.ts";
import type { Proposal } from "../../../shared/feeds/propose/proposal.ts";
import type { FileProblem } from "../../../shared/feeds/canonical.ts";

/** What the page asks of the thread that reads files. */
export const WizardTask = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("look"), file: z.instanceof(File) }),
  z.strictObject({ kind: z.literal("try"), file: z.instanceof(File), definition: FeedDefinition, handedInMs: z.number() }),
]);
export type WizardTask = z.infer<typeof WizardTask>;

/** What a file probably is, or why it cannot be looked at. */
export type Looked = { readonly proposal: Proposal } | { readonly refused: FileProblem };

export type WizardAnswer =
  | { readonly kind: "looked"; readonly looked: Looked }
  /** How far a dry run is; `isDone`: to its end. */
  | { readonly kind: "tried"; readonly run: DryRun; readonly isDone: boolean }
  | { readonly kind: "failed"; readonly message: string };

/** Both ends are this program, of one build: that it is an answer is all there is to check. */
export const WizardAnswer = z.custom<WizardAnswer>((value) => typeof value === "object" && value !== null && "kind" in value);
