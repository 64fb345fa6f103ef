import type { DryRun } from "../../../shared/feeds/propose/dry-run.ts";
import { COUNTER_WORDS } from "../../../shared/metrics/counter-words.ts";
import { formatCount, formatDuration } from "../../../shared/metrics/format.ts";
import { countWords } from "../../live/count-words.ts";
import { Chip, Status } from "../../ui/status/status.tsx";
import { dayIn, dayWords } from "../../ui/zone-time.ts";
import { TrialProblems } from "./trial-problems.tsx";
import type { Wizard } from "./use-wizard.ts";
import "../../ui/sentence.css";

interface CheckStepProps {
  readonly wizard: Wizard;
  readonly timeZone: string;
}

/** What handing in the whole file would come to, in figures that a person can compare with their own. */
export function CheckStep({ wizard, timeZone }: CheckStepProps): React.JSX.Element {
  const { run, isRunning, outcome } = wizard;
  const zone = "definition" in outcome ? outcome.definition.timeZone : timeZone;
  const mayGoOn = run !== null && !isRunning && run.refusals.length === 0 && run.good > 0;
  return (
    <section className="block" aria-label="Check" aria-busy={isRunning}>
      {isRunning && <progress aria-label="Rows read" />}
      {run !== null && <Result run={run} zone={zone} />}
      <div className="row end-row">
        <span className="small quiet">Nothing is handed in yet.</span>
        <span className="row">
          <button className="btn" type="button" onClick={() => wizard.go("columns")}>
            Back to the columns
          </button>
          <button className="btn main" type="button" disabled={!mayGoOn} onClick={() => wizard.go("hand-in")}>
            Go on
          </button>
        </span>
      </div>
    </section>
  );
}

/** A total in words: `27,060 answered`. */
function totalWords(name: string, value: number): string {
  if (name.endsWith("-ms")) return `${formatDuration(value)} ${COUNTER_WORDS.get(name) ?? name}`;
  return `${formatCount(value)} ${name.replaceAll("-", " ")}`;
}

function dayWithYear(day: string): string {
  return `${dayWords(day)} ${day.slice(0, 4)}`;
}

function summary({ good, totals, firstMs, lastMs }: DryRun, zone: string): string {
  const sums = Object.entries(totals).map(([name, value]) => totalWords(name, value));
  const [first = "", last = ""] = [firstMs, lastMs].map((ms) => (ms === null ? "" : dayWithYear(dayIn(zone, ms))));
  const span = first === last ? first : `${first} to ${last}`;
  return [countWords(good, "row"), ...sums, span].filter((part) => part !== "").join(", ");
}

function Result({ run, zone }: { readonly run: DryRun; readonly zone: string }): React.JSX.Element {
  return (
    <div className="result">
      <p className="sentence" role="status">
        {run.refusals.length === 0 ? `${summary(run, zone)}.` : "Nothing of the file would count."}
      </p>
      <p className="row">
        {run.refused === 0 && run.refusals.length === 0 ? (
          <Status kind="met">{countWords(run.good, "good row")}, none refused</Status>
        ) : (
          <>
            <Status kind="met">{countWords(run.good, "good row")}</Status>
            <Chip kind="risk">{formatCount(run.refused)} refused</Chip>
          </>
        )}
        {run.warnings > 0 && <span className="small mid">{countWords(run.warnings, "warning")}; those rows count</span>}
      </p>
      {run.queues.length > 0 && (
        <p className="small mid">
          {run.queues.length === 1 ? "Queue" : "Queues"}: {run.queues.slice(0, 12).join(", ")}
          {run.queues.length > 12 && " and more"}
        </p>
      )}
      {run.replacing > 0 && (
        <p className="file-problem">
          <b>{countWords(run.replacing, "row has", "rows have")} the name of another row and would replace it.</b> If they are rows of their
          own, go back and choose more columns that together name a row, or say that names begin anew each day.
        </p>
      )}
      {[...run.refusals, ...run.notes].map(({ rule, message, remedy }) => (
        <p key={rule} className="file-problem">
          <b>{message}.</b> {remedy}.
        </p>
      ))}
      {run.problems.length > 0 && <TrialProblems run={run} />}
    </div>
  );
}
