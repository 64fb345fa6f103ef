import type { ScorerAgreement } from "../../../shared/drift/scorer-agreement.ts";
import { criticalWords, limitWords, signedShare } from "./calibration-words.ts";

/** How far both scorers agree, and who stands out. */
export function ResultPanel({ result }: { readonly result: ScorerAgreement }): React.JSX.Element {
  const limits = limitWords(result);
  return (
    <section className="block first agreed" aria-labelledby="agreement">
      <div className="head">
        <h2 id="agreement">How far both agree</h2>
        <span className="small quiet">{result.pairs} scored twice; second less first, in percentage points (pp)</span>
      </div>
      {limits !== null && <p>{limits}</p>}
      <p>{criticalWords(result)}</p>
      {result.evaluators.length > 1 && <Evaluators evaluators={result.evaluators} />}
    </section>
  );
}

function Evaluators({ evaluators }: Pick<ScorerAgreement, "evaluators">): React.JSX.Element {
  return (
    <>
      <table className="t tight" aria-label="By evaluator">
        <thead>
          <tr>
            <th scope="col">First scorer</th>
            <th scope="col" className="num">
              Scored twice
            </th>
            <th scope="col" className="num">
              Difference
            </th>
            <th scope="col" className="num">
              Without chance
            </th>
          </tr>
        </thead>
        <tbody>
          {evaluators.map(({ evaluator, pairs, mean, shrunken }) => (
            <tr key={evaluator}>
              <th scope="row">{evaluator}</th>
              <td className="num">{pairs}</td>
              <td className="num">{signedShare(mean)}</td>
              <td className="num">
                <b>{signedShare(shrunken)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small quiet">
        Without chance: drawn towards the difference of all, as far as chance may have made it. Evaluators appear as pseudonyms.
      </p>
    </>
  );
}
