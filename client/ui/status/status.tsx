import { Mark, type MarkKind } from "./mark.tsx";

/** A status in a table or sentence: shape and word. */
export function Status({ kind, children }: { readonly kind: MarkKind; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <span className={`st ${kind}`}>
      <Mark kind={kind} />
      {children}
    </span>
  );
}

/** A status that stands out: shape, word and fill. For exceptions and headings. */
export function Chip({ kind, children }: { readonly kind: MarkKind; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <span className={`st chip ${kind}`}>
      <Mark kind={kind} />
      {children}
    </span>
  );
}

/** The marks of a group, worst first, read out as one label. */
export function Tally({ kinds, label }: { readonly kinds: readonly MarkKind[]; readonly label: string }): React.JSX.Element {
  return (
    <span className="tally" role="img" aria-label={label}>
      {kinds.map((kind, index) => (
        <Mark key={index} kind={kind} />
      ))}
    </span>
  );
}
