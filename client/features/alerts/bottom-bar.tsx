import { useEffect } from "react";
import { Link } from "react-router";
import { useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { Mark } from "../../ui/status/mark.tsx";
import { DEED_WORDS, type FormDeed } from "./act-words.ts";
import { bulkDeeds } from "./bulk-panel.tsx";
import type { ListedAlert } from "./listed-alert.ts";
import type { Acts, Sent } from "./use-acts.ts";
import "./bottom-bar.css";

interface BottomBarProps {
  readonly acts: Acts;
  /** Its own form tells of what failed for it. */
  readonly shownKey: string | null;
  readonly selected: readonly ListedAlert[];
  readonly onBulk: (deed: FormDeed) => void;
  readonly onClear: () => void;
  readonly search: string;
  readonly children: React.ReactNode;
}

/** At the foot of the window, so that nothing above it moves: what became of the last act, what is selected, the keys. */
export function BottomBar({ acts, shownKey, selected, onBulk, onClear, search, children }: BottomBarProps): React.JSX.Element {
  const failures = [...acts.failures.values()].filter(({ listed }) => listed.key !== shownKey);
  return (
    <div className="foot-bar">
      {failures.length > 0 && <Failures failures={failures} acts={acts} search={search} />}
      <OutcomeLine acts={acts} />
      {selected.length > 0 && <Selection selected={selected} onBulk={onBulk} onClear={onClear} />}
      {children}
    </div>
  );
}

/** "Acknowledged: 2 of 3 alerts", "Taken back: all 3 alerts"; never more than is known. */
export function outcomeWords(latest: readonly Sent[]): string | null {
  const [first] = latest;
  if (first === undefined) return null;
  const { request, undoes } = first.doing;
  const word = undoes === undefined ? DEED_WORDS[request.do].done : "Taken back";
  const total = undoes ?? latest.length;
  const done = latest.filter(({ state }) => state === "done").length;
  const sending = latest.filter(({ state }) => state === "sending").length;
  if (sending > 0) return latest.length === 1 ? "Saving…" : `Saving, ${done} of ${latest.length} done…`;
  if (total === 1) return done === 1 ? `${word}: ${first.listed.alert.headline}` : null;
  return done === total ? `${word}: all ${done} alerts` : `${word}: ${done} of ${total} alerts`;
}

function OutcomeLine({ acts }: { readonly acts: Acts }): React.JSX.Element | null {
  const { announcer } = useLive();
  const words = outcomeWords(acts.latest);
  const isSettled = acts.latest.every(({ state }) => state !== "sending");
  useEffect(() => {
    if (words !== null && isSettled) announcer.say("polite", words);
  }, [announcer, words, isSettled]);
  if (words === null) return null;
  return (
    <p className="row outcome">
      <span className="words">{words}</span>
      {acts.canUndo && (
        <button className="btn link" type="button" onClick={acts.undo}>
          Undo
        </button>
      )}
    </p>
  );
}

function Failures({ failures, acts, search }: { readonly failures: readonly Sent[]; readonly acts: Acts; readonly search: string }) {
  return (
    <ul className="failures" role="alert">
      {failures.map(({ listed, message }) => (
        <li key={listed.key} className="err">
          <Mark kind="missed" />
          <span>
            <Link to={{ pathname: paths.alert(listed.alert.agreementId, listed.alert.id), search }}>{listed.alert.headline}</Link>.{" "}
            {message}{" "}
            <button className="btn link" type="button" onClick={() => acts.forget(listed.key)}>
              Dismiss
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}

interface SelectionProps {
  readonly selected: readonly ListedAlert[];
  readonly onBulk: (deed: FormDeed) => void;
  readonly onClear: () => void;
}

function Selection({ selected, onBulk, onClear }: SelectionProps): React.JSX.Element {
  return (
    <section className="row selection" aria-label="Selection">
      <b>{selected.length} selected</b>
      {bulkDeeds(selected).map((deed) => (
        <button key={deed} className="btn" type="button" onClick={() => onBulk(deed)}>
          {DEED_WORDS[deed].button} {selected.length}
        </button>
      ))}
      <button className="btn bare" type="button" onClick={onClear}>
        Select none
      </button>
    </section>
  );
}
