import { Link } from "react-router";
import { Mark, type MarkKind } from "./status/mark.tsx";
import "./item.css";

interface ItemProps {
  readonly to: string;
  readonly mark: MarkKind;
  /** What the mark says, for those who do not see it. */
  readonly markWord: string;
  readonly title: string;
  readonly when: string;
  readonly isCurrent?: boolean;
  readonly children: React.ReactNode;
}

/** One line of a list in which each line is a link: mark, finding, age, and details under it. */
export function Item({ to, mark, markWord, title, when, isCurrent = false, children }: ItemProps): React.JSX.Element {
  return (
    <Link className="item" to={to} aria-current={isCurrent ? "true" : undefined}>
      <Mark kind={mark} />
      <b>
        <span className="sr">{markWord}: </span>
        {title}
      </b>
      <span className="when">{when}</span>
      {children}
    </Link>
  );
}
