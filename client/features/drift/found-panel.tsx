import type { DriftView } from "../../../shared/drift/drift-view.ts";
import { detectionFacts } from "./detection-words.ts";

/** How a drift was found, or what a steady figure is held against; each with what it rests on. */
export function FoundPanel({ view, noun }: { readonly view: DriftView; readonly noun: string | null }): React.JSX.Element | null {
  const facts = detectionFacts(view, noun);
  if (facts.length === 0) return null;
  return (
    <section aria-labelledby="found">
      <h2 id="found">{view.drift === null ? "How it is watched" : "How it was found"}</h2>
      <dl className="found">
        {facts.map(({ name, value, why }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value} <small>{why}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
