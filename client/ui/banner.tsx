import { Mark, type MarkKind } from "./status/mark.tsx";
import "./banner.css";

const MARKS = { late: "nodata", note: "notcounted", down: "missed", ok: "met" } as const satisfies Record<string, MarkKind>;

/** One line about the data or the connection, one cause each; never about a target. */
export function Banner({
  tone,
  label,
  action,
  children,
}: {
  readonly tone: keyof typeof MARKS;
  readonly label: string;
  readonly action?: React.ReactNode;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  return (
    <section className={`banner ${tone}`} aria-label={label}>
      <Mark kind={MARKS[tone]} />
      <p>{children}</p>
      {action}
    </section>
  );
}
