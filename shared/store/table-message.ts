import type { FeedDefinition } from "../feeds/definition.ts";
import type { Fault } from "../feeds/problem-list.ts";
import type { Cells } from "../feeds/record-splitter.ts";
import type { TablePart, TableRows } from "../feeds/table-part.ts";

/** What a thread that reads a table is given. */
export interface TableTask {
  readonly definition: FeedDefinition;
  readonly file: Uint8Array<ArrayBuffer>;
}

/** Rows as they cross from thread to thread: functions cannot, so faults stand beside the records by position. */
interface PortableRows extends Pick<TableRows, "kind" | "records" | "firstLine"> {
  readonly faults: readonly (readonly [at: number, fault: Fault])[];
}

/** What a thread that reads a table says. After each part it waits until it is asked for more. */
export type TableMessage = { readonly part: Exclude<TablePart, TableRows> | PortableRows } | { readonly end: true };

export function toMessage(part: TablePart): TableMessage {
  if (part.kind !== "rows") return { part };
  const { kind, records, firstLine, faultOf } = part;
  const faults = records.flatMap((record, at) => {
    const fault = faultOf(record);
    return fault === null ? [] : [[at, fault] as const];
  });
  return { part: { kind, records, firstLine, faults } };
}

export function fromMessage({ part }: Extract<TableMessage, { part: unknown }>): TablePart {
  if (part.kind !== "rows") return part;
  const { kind, records, firstLine } = part;
  const faults = new Map<Cells | undefined, Fault>(part.faults.map(([at, fault]) => [records[at], fault]));
  return { kind, records, firstLine, faultOf: (record) => faults.get(record) ?? null };
}
