import { type Field, FIELDS, fieldsOf, fieldWords, mayRepeat } from "../../../shared/feeds/propose/field.ts";
import { CERTAIN, type Choice, confidenceWords, type Draft, type Proposal } from "../../../shared/feeds/propose/proposal.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { MarkKind } from "../../ui/status/mark.tsx";
import { Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";

interface MappingTableProps {
  readonly proposal: Proposal;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

const COLUMNS: readonly Column[] = [{ name: "Your column" }, { name: "Values" }, { name: "Accord field" }, { name: "Check" }];

function toField(text: string): Field {
  return FIELDS.find((field) => field === text) ?? "ignore";
}

/** The same field for another column takes it from the one that had it. */
function withField(draft: Draft, position: number, field: Field): Draft {
  const fields = draft.fields.map((known, at) => {
    if (at === position) return field;
    return known === field && !mayRepeat(field) ? "ignore" : known;
  });
  return { ...draft, fields };
}

/** Each column of the file, what it holds, what it is to be, and why. */
export function MappingTable({ proposal, draft, onChange }: MappingTableProps): React.JSX.Element {
  return (
    <div className="scroll">
      <table className="t stack mapping" role="table" aria-label="Columns of the file">
        <TableHead columns={COLUMNS} />
        <tbody role="rowgroup">
          {proposal.facts.map((facts) => (
            <tr key={facts.position} role="row">
              <th scope="row" role="rowheader">
                <code>{facts.name}</code>
              </th>
              <td role="cell" className="quiet values">
                {facts.samples.length === 0 ? "all blank" : facts.samples.join(", ")}
                {facts.blank > 0 && facts.samples.length > 0 && ` (${formatCount(facts.blank)} blank)`}
              </td>
              <td role="cell" className="sel-cell wide">
                <select
                  aria-label={`Accord field for ${facts.name}`}
                  value={draft.fields[facts.position]}
                  onChange={(event) => onChange(withField(draft, facts.position, toField(event.target.value)))}
                >
                  {fieldsOf(draft.kind).map((field) => (
                    <option key={field} value={field}>
                      {fieldWords(field)}
                    </option>
                  ))}
                </select>
              </td>
              <td role="cell" className="wide">
                <Check choice={proposal.choices[facts.position]} field={draft.fields[facts.position] ?? "ignore"} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function markOf(confidence: number): MarkKind {
  return confidence >= CERTAIN ? "met" : "unproven";
}

function Check({ choice, field }: { readonly choice: Choice | undefined; readonly field: Field }): React.JSX.Element {
  if (choice?.field !== field) return <Status kind="notcounted">{field === "ignore" ? "left out by you" : "chosen by you"}</Status>;
  if (field === "ignore") return <Status kind="notcounted">not read: {choice.why}</Status>;
  return (
    <Status kind={markOf(choice.confidence)}>
      {confidenceWords(choice.confidence)}: {choice.why}
    </Status>
  );
}
