import { memo } from "react";

export interface Column {
  readonly name: string;
  readonly className?: string;
}

/** The headings of a table whose rows become a grid on a phone: a grid drops the table's roles in some browsers, so they are stated. */
export const TableHead = memo(function TableHead({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th key={column.name} role="columnheader" scope="col" className={column.className}>
            {column.name}
          </th>
        ))}
      </tr>
    </thead>
  );
});
