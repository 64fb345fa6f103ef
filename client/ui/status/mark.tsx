import { memo } from "react";
import "./status.css";

/** The seven shapes of a status. A shape never stands alone: a word goes with it, or a label for a group of them. */
export type MarkKind = "met" | "risk" | "missed" | "unproven" | "nodata" | "underivable" | "notcounted";

const SHAPES: Readonly<Record<MarkKind, React.ReactNode>> = {
  met: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="m5.2 8.2 2 2 3.8-4.2" />
    </>
  ),
  risk: (
    <>
      <path d="M8 2 14.6 13.6H1.4Z" strokeLinejoin="round" className="mk-tint" />
      <path d="M8 6.4v3.4M8 11.2v1" />
    </>
  ),
  missed: (
    <>
      <path d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2Z" className="mk-solid" />
      <path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" className="mk-cross" />
    </>
  ),
  unproven: (
    <>
      <path d="M1.8 4v8M14.2 4v8M1.8 8h12.4" />
      <circle cx="8" cy="8" r="2.4" className="mk-solid" />
    </>
  ),
  nodata: <circle cx="8" cy="8" r="6.2" strokeDasharray="2.6 2.27" />,
  underivable: <path d="M2.2 2.2h11.6v11.6H2.2ZM2.2 13.8 13.8 2.2" />,
  notcounted: <path d="M2 8h12" strokeWidth="2.6" />,
};

export const Mark = memo(function Mark({ kind }: { readonly kind: MarkKind }) {
  return (
    <svg className={`mk ${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[kind]}
    </svg>
  );
});
