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
  const when = bothClocks(of.zone, startMs, of.nowMs);
  return (
    <li>
      <p>
        <b>{recordId === null ? when : `${recordId}, ${when}`}</b>, {queue}, {agent === null ? "agent not known" : `agent ${agent}`}
      </p>
      <p className="small quiet">
        form {form}, evaluation {name}
      </p>
      <Scores record={record} />
      {!isDone && mayScore && (
        <ScoreForm agreementId={of.agreementId} calibrationId={of.calibrationId} record={name} when={when} onDone={onDone} />
      )}
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
      First{first.evaluator === null ? "" : ` (evaluator ${first.evaluator})`} {scoreWords(first.score)}; second {scoreWords(second.score)};
      difference <b>{signedShare(shareOf(second.score) - shareOf(first.score))}</b>
    </p>
  );
}
