import { ThemeButton } from "./theme-button.tsx";
import "./entry-page.css";
import "./top-bar.css";

/** The frame of the pages before the sign-in. */
export function EntryPage({
  title,
  lede,
  children,
}: {
  readonly title: string;
  readonly lede: string;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  return (
    <>
      <header className="top">
        <span className="brand">
          <svg className="mk" viewBox="0 0 20 20" aria-hidden="true">
            <path d="M3 17 9 3M17 17 11 3" strokeWidth="2.2" />
            <path d="M6 13h8" strokeWidth="1.4" />
          </svg>
          Accord
        </span>
        <div className="end">
          <ThemeButton />
        </div>
      </header>
      <main className="entry">
        <title>{`${title} · Accord`}</title>
        <h1>{title}</h1>
        <p className="mid">{lede}</p>
        {children}
      </main>
    </>
  );
}
