import { useEffect, useRef, useState } from "react";
import type { FeedDefinition } from "../../../shared/feeds/definition.ts";
import { draftDefinition } from "../../../shared/feeds/propose/draft-definition.ts";
import type { DryRun } from "../../../shared/feeds/propose/dry-run.ts";
import type { Draft, Proposal } from "../../../shared/feeds/propose/proposal.ts";
import { draftOf } from "../../../shared/feeds/propose/propose.ts";
import { plainId } from "../../live/plain-id.ts";
import { asAppError } from "../../live/use-request.ts";
import { definitionText, readDefinition, withName } from "./definition-text.ts";
import { loadShipped } from "./shipped-definitions.ts";
import { lookAt, tryFile } from "./wizard-work.ts";

export type Step = "file" | "columns" | "check" | "hand-in";

export interface WizardState {
  readonly step: Step;
  readonly file: File | null;
  readonly proposal: Proposal | null;
  readonly draft: Draft | null;
  readonly name: string;
  /** The definition as a text, where it is not made of the columns. */
  readonly text: string | null;
  readonly run: DryRun | null;
  readonly isRunning: boolean;
  readonly error: string | null;
}

export interface Wizard extends WizardState {
  /** The definition that the columns and answers come to, or what they lack. */
  readonly outcome: { readonly definition: FeedDefinition; readonly text: string } | { readonly lacks: readonly string[] };
  readonly open: (file: File) => void;
  readonly change: (part: Partial<Pick<WizardState, "draft" | "name" | "text">>) => void;
  /** Takes a shipped definition, or with `null` the columns again. */
  readonly startFrom: (shipped: string | null) => void;
  readonly check: () => void;
  readonly go: (step: Step) => void;
}

const FRESH: WizardState = {
  step: "file",
  file: null,
  proposal: null,
  draft: null,
  name: "",
  text: null,
  run: null,
  isRunning: false,
  error: null,
};

function nameOf(file: File): string {
  const plain = file.name
    .replace(/(?:\.\w{1,5}){1,2}$/u, "")
    .replaceAll(/[_-]+/gu, " ")
    .trim();
  return (plain.slice(0, 1).toUpperCase() + plain.slice(1)).slice(0, 60);
}

function outcomeOf({ proposal, draft, text, name }: WizardState, taken: ReadonlySet<string>): Wizard["outcome"] {
  const named = { id: plainId(name, taken, "feed"), name: name.trim() };
  if (named.name === "") return { lacks: ["Give the feed a name."] };
  if (text !== null) return readDefinition(withName(text, named));
  if (proposal === null || draft === null) return { lacks: ["Choose a file."] };
  const outcome = draftDefinition(proposal, draft, named);
  return "lacks" in outcome ? outcome : { definition: outcome.definition, text: definitionText(outcome.written) };
}

/** Everything that the steps of setting up a feed share. @param taken ids of feeds that the agreement has already. */
export function useWizard(taken: ReadonlySet<string>, serverNowMs: () => number): Wizard {
  const [state, setState] = useState(FRESH);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  const put = (part: Partial<WizardState>) => setState((known) => ({ ...known, ...part }));
  const failed = (thrown: unknown) => {
    const { message, remedy } = asAppError(thrown);
    put({ error: `${message} ${remedy}`, isRunning: false });
  };
  const open = async (file: File) => {
    stop.current();
    put({ ...FRESH, file, isRunning: true });
    try {
      const looked = await lookAt(file);
      if ("refused" in looked) return put({ error: `${looked.refused.message}. ${looked.refused.remedy}.`, isRunning: false });
      const { proposal } = looked;
      const text = proposal.sample.preset === null ? null : await loadShipped(proposal.sample.preset);
      put({ step: "columns", proposal, draft: draftOf(proposal), text, name: nameOf(file), isRunning: false });
    } catch (thrown) {
      failed(thrown);
    }
  };
  const outcome = outcomeOf(state, taken);
  const check = () => {
    if (state.file === null || "lacks" in outcome) return;
    put({ step: "check", run: null, isRunning: true, error: null });
    const trial = { file: state.file, definition: outcome.definition, handedInMs: serverNowMs() };
    stop.current = tryFile(trial, (run, isDone) => put({ run, isRunning: !isDone }), failed);
  };
  return {
    ...state,
    outcome,
    open: (file) => void open(file),
    change: put,
    startFrom: (shipped) => {
      if (shipped === null) return put({ text: null });
      loadShipped(shipped).then((text) => put({ text }), failed);
    },
    check,
    go: (step) => {
      stop.current();
      put({ step, isRunning: false, error: null });
    },
  };
}
