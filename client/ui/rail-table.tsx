import type { Column } from "./table-head.tsx";
import "./rail-table.css";

interface RailTableProps {
  /** Of the heading, which names the section and the table. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** What to know before one reads it. */
  readonly note?: React.ReactNode;
  /** The rows. */
  readonly children: React.ReactNode;
}

/** Evidence beside a chart: a heading and a small table that stays one on a phone. */
export function RailTable({ id, title, columns, note, children }: RailTableProps): React.JSX.Element {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note}
      <table className="t tight in-rail" aria-labelledby={id}>
        <thead>
          <tr>
            {columns.map(({ name, className }) => (
              <th key={name} scope="col" className={className}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
