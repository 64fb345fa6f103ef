import { useCallback } from "react";
import { z } from "zod";
import { Incubation } from "../../../shared/drift/incubation.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { countWords } from "../../live/count-words.ts";
import { useRequest } from "../../live/use-request.ts";
import { RailTable } from "../../ui/rail-table.tsx";
import { Status } from "../../ui/status/status.tsx";
import type { Column } from "../../ui/table-head.tsx";
import { dayWords } from "../../ui/zone-time.ts";

const STANDINGS = {
  "on-curve": { kind: "met", word: "On the curve" },
  below: { kind: "risk", word: "Below" },
  unknown: { kind: "unproven", word: "Not proven" },
  open: { kind: "unproven", word: "Still open" },
} as const;

/** How a new team comes on towards a target; nothing where none is in incubation. */
export function IncubationPanel({ state, targetId }: { readonly state: AgreementState; readonly targetId: string }) {
  const { agreement, driftSeq } = state;
  const { id, version } = agreement;
  const read = useCallback(
    async () => await call({ path: `/api/v1/agreements/${encodeURIComponent(id)}/incubation`, answer: z.array(Incubation) }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- these make it new, although the call does not name them
    [id, version, driftSeq],
  );
  const { request } = useRequest(read);
  const own = request.state === "ready" ? request.data.find((each) => each.targetId === targetId) : undefined;
  return own === undefined ? null : <Panel incubation={own} />;
}

function gateWords({ gate, finally: level }: Incubation): string {
  if (gate === null) return `No gate is agreed: from the end of the ramp on, ${level} holds.`;
  const { weeks, minimumSample, inRow, passedWith } = gate;
  const asked = `${countWords(weeks, "week")} in a row at ${level}, each on at least ${formatCount(minimumSample)} cases`;
  return passedWith === null ? `Gate: ${asked}; ${inRow} so far.` : `Gate passed with the week of ${dayWords(passedWith)}: ${asked}.`;
}

const COLUMNS: readonly Column[] = [
  { name: "Week of" },
  { name: "n", className: "num" },
  { name: "Figure", className: "num" },
  { name: "Asked", className: "num" },
  { name: "Standing" },
];

function Panel({ incubation }: { readonly incubation: Incubation }): React.JSX.Element {
  const { week, lastWeek, goLive, weeks } = incubation;
  const note = (
    <p className="small">
      Week {week} since {dayWords(goLive)}; the ramp has {countWords(lastWeek, "week")}. {gateWords(incubation)} A week below the curve is a
      question, not a miss, and days of the ramp raise no drift alert.
    </p>
  );
  return (
    <RailTable id="incubation" title="Incubation" columns={COLUMNS} note={note}>
      {weeks.map(({ start, n, figure, expected, standing }) => (
        <tr key={start}>
          <th scope="row">{dayWords(start)}</th>
          <td className="num">{formatCount(n)}</td>
          <td className="num">
            <b>{figure}</b>
          </td>
          <td className="num">{expected}</td>
          <td>
            <Status kind={STANDINGS[standing].kind}>{STANDINGS[standing].word}</Status>
          </td>
        </tr>
      ))}
    </RailTable>
  );
}
