import { useEffect, useRef } from "react";
import { useParams } from "react-router";
import { formatCount } from "../../../shared/metrics/format.ts";
import { countWords } from "../../live/count-words.ts";
import { useAgreement, useLive, useRole } from "../../live/live-context.ts";
import { bytesWords } from "../../ui/bytes-words.ts";
import { FieldError } from "../../ui/field.tsx";
import { Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { CheckStep } from "./check-step.tsx";
import { ColumnsStep } from "./columns-step.tsx";
import { DropZone } from "./drop-zone.tsx";
import { HandInStep } from "./hand-in-step.tsx";
import { type Step, useWizard, type Wizard } from "./use-wizard.ts";
import "./hand-in.css";
import "./wizard.css";

const STEPS: readonly { readonly step: Step; readonly name: string }[] = [
  { step: "file", name: "File" },
  { step: "columns", name: "Columns" },
  { step: "check", name: "Check" },
  { step: "hand-in", name: "Hand in" },
];

/** Sets up a feed from a file: what its columns are, what only a person knows, a try over the whole file, then saving it. */
export function WizardPage(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const role = useRole(agreementId);
  const state = useAgreement(agreementId);
  if (role !== "provider" && role !== "administrator")
    return <NotPermitted>Feeds are set up by the provider's people or an administrator.</NotPermitted>;
  if (state === null) return <Loading what="the agreement" />;
  const taken = new Set([...state.feeds.values()].map(({ feed }) => feed));
  return <SetUp agreementId={agreementId} agreementName={state.agreement.name} timeZone={state.agreement.timeZone} taken={taken} />;
}

interface SetUpProps {
  readonly agreementId: string;
  readonly agreementName: string;
  readonly timeZone: string;
  readonly taken: ReadonlySet<string>;
}

function SetUp({ agreementId, agreementName, timeZone, taken }: SetUpProps): React.JSX.Element {
  const { store } = useLive();
  const wizard = useWizard(taken, store.serverNowMs);
  const heading = useStepFocus(wizard.step);
  return (
    <>
      <title>Set up a feed · Accord</title>
      <div className="head">
        <h1 ref={heading} tabIndex={-1}>
          {headingOf(wizard)}
        </h1>
        <span className="small quiet">{agreementName}</span>
      </div>
      <ol className="steps" aria-label="Steps">
        {STEPS.map(({ step, name }, at) => (
          <li
            key={step}
            className={at < STEPS.findIndex((each) => each.step === wizard.step) ? "done" : undefined}
            aria-current={step === wizard.step ? "step" : undefined}
          >
            {name}
          </li>
        ))}
      </ol>
      {(wizard.step === "file" || wizard.step === "columns") && (
        <DropZone label="File to look at" isBusy={wizard.isRunning} onFiles={([file]) => file !== undefined && wizard.open(file)}>
          <FileLine wizard={wizard} />
        </DropZone>
      )}
      {wizard.error !== null && <FieldError>{wizard.error}</FieldError>}
      {wizard.step === "columns" && <ColumnsStep wizard={wizard} agreementZone={timeZone} />}
      {wizard.step === "check" && <CheckStep wizard={wizard} timeZone={timeZone} />}
      {wizard.step === "hand-in" && <HandInStep wizard={wizard} agreementId={agreementId} />}
    </>
  );
}

/** Whoever goes on by keyboard or hears the page begins each step at its heading. */
function useStepFocus(step: Step): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}

function headingOf({ step, proposal, run, isRunning }: Wizard): string {
  if (step === "columns" && proposal !== null) return "Say what each column is";
  if (step === "hand-in") return "Save the feed and hand in the file";
  if (step !== "check") return "Set up a feed from a file";
  if (run === null || isRunning) return "Reading the whole file";
  if (run.refusals.length > 0) return "The file would be refused";
  if (run.refused > 0) return `${formatCount(run.refused)} of ${countWords(run.rows, "row")} would be refused`;
  return run.replacing > 0 ? countWords(run.replacing, "row would replace another", "rows would replace others") : "Every row can be read";
}

function FileLine({ wizard: { file, proposal, isRunning } }: { readonly wizard: Wizard }): React.JSX.Element {
  if (file === null)
    return (
      <p className="small quiet">
        Text, Excel, JSON, or one of these packed with gzip or zip. It is read in your browser; nothing is handed in before the last step.
      </p>
    );
  const found = proposal?.sample.found.join(", ");
  return (
    <p role="status">
      <b>{file.name}</b>{" "}
      <span className="quiet">
        {bytesWords(file.size)}
        {found !== undefined && `, ${found}`}
        {isRunning && ", being read"}
      </span>
    </p>
  );
}
