import type { Rating } from "../../../shared/alerts/alert.ts";
import type { ListedAlert } from "./listed-alert.ts";

/** Whether the reader found an alert useful; what others think of it is counted. */
export function RateFields({
  listed: { alert },
  meId,
  onRate,
}: {
  readonly listed: ListedAlert;
  readonly meId: string;
  readonly onRate: (rating: Rating) => void;
}): React.JSX.Element {
  const mine = alert.ratings[meId];
  const others = Object.entries(alert.ratings).filter(([id]) => id !== meId);
  const useful = others.filter(([, rating]) => rating === "useful").length;
  const button = (rating: Rating, word: string) => (
    <button className="btn" type="button" aria-pressed={mine === rating} onClick={() => onRate(rating)}>
      {word}
    </button>
  );
  return (
    <fieldset className="rate">
      <legend>Was this alert</legend>
      {button("useful", "Useful")}
      {button("noise", "Noise")}
      {others.length > 0 && (
        <span className="hint">
          others: {useful} useful, {others.length - useful} noise
        </span>
      )}
    </fieldset>
  );
}
