import "./beats.css";

const NAMES = { o: "on time", l: "late", r: "rows refused", m: "missing", a: "Accord was away" } as const;
const COUNTED = { o: "on time", l: "late", r: "with rows refused", m: "missing", a: "while Accord was away" } as const;
type Beat = keyof typeof NAMES;
const ALL: readonly Beat[] = ["o", "l", "r", "m", "a"];

function isBeat(letter: string): letter is Beat {
  return Object.hasOwn(NAMES, letter);
}

/** How many of each in words: `30 of 32 on time, 1 late, 1 missing`. */
export function beatsWords(beats: string): string {
  if (beats === "") return "no due time is over yet";
  const count = (beat: Beat): number => beats.split(beat).length - 1;
  const others = ALL.slice(1).flatMap((beat) => (count(beat) === 0 ? [] : [`${count(beat)} ${COUNTED[beat]}`]));
  return [`${count("o")} of ${beats.length} on time`, ...others].join(", ");
}

/** The last due times of a feed, one bar each: height, gap and outline say what the colour says. */
export function Beats({ beats }: { readonly beats: string }): React.JSX.Element {
  if (beats === "") return <span className="dash">—</span>;
  return (
    <span className="beats" role="img" aria-label={beatsWords(beats)}>
      {beats
        .split("")
        .filter(isBeat)
        .map((beat, i) => (
          <i key={i} className={`b-${beat}`} />
        ))}
    </span>
  );
}

/** What the bars stand for; those that occur nowhere are left out. */
export function BeatsLegend({ of }: { readonly of: string }): React.JSX.Element | null {
  if (of === "") return null;
  return (
    <p className="legend beats-legend">
      {ALL.filter((beat) => beat === "o" || of.includes(beat)).map((beat) => (
        <span key={beat}>
          <span className="beats" aria-hidden="true">
            <i className={`b-${beat}`} />
          </span>
          {NAMES[beat]}
        </span>
      ))}
    </p>
  );
}
