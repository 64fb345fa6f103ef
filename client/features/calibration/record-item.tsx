import type { CalibrationView } from "../../../shared/drift/calibration.ts";
import { bothClocks } from "../../ui/zone-time.ts";
import { scoreWords, signedShare } from "./calibration-words.ts";
import { ScoreForm } from "./score-form.tsx";

type SeenRecord = CalibrationView["records"][number];

interface RecordItemProps {
  readonly record: SeenRecord;
  readonly of: { readonly agreementId: string; readonly calibrationId: string; readonly zone: string; readonly nowMs: number };
  /** Its id, where somebody has typed it. */
  readonly recordId: string | null;
  readonly mayScore: boolean;
  readonly onDone: () => void;
}

/** One drawn evaluation: what identifies it, a form to score it, then both scores. */
export function RecordItem({ record, of, recordId, mayScore, onDone }: RecordItemProps): React.JSX.Element {
  const { name, startMs, queue, agent, form, isDone } = record;
  return (
    <li>
      <p>
        <b>{recordId ?? name}</b>, {bothClocks(of.zone, startMs, of.nowMs)}
      </p>
      <p className="small quiet">
        {queue}, {agent === null ? "agent not known" : `agent ${agent}`}, form {form}
      </p>
      <Scores record={record} />
      {!isDone && mayScore && <ScoreForm agreementId={of.agreementId} calibrationId={of.calibrationId} record={name} onDone={onDone} />}
    </li>
  );
}

function Scores({ record: { first, second, isDone } }: Pick<RecordItemProps, "record">): React.JSX.Element {
  if (!isDone) return <p className="small">Not scored yet.</p>;
  if (second === null) return <p className="small">Scored; shown when all are.</p>;
  if ("leftOut" in second) return <p className="small">Left out: {second.leftOut}</p>;
  if (first === null) return <p className="small">You gave {scoreWords(second.score)}.</p>;
  const shareOf = ({ earned, possible }: typeof second.score): number => earned / possible;
  return (
    <p>
      First {scoreWords(first.score)}
      {first.evaluator === null ? "" : ` (${first.evaluator})`}; second {scoreWords(second.score)}:{" "}
      <b>{signedShare(shareOf(second.score) - shareOf(first.score))}</b>
    </p>
  );
}
