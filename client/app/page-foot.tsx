import { useAgreements, useLive } from "../live/live-context.ts";
import { dayWords } from "../ui/zone-time.ts";

export function PageFoot(): React.JSX.Element {
  const agreements = useAgreements();
  const { person } = useLive();
  return (
    <footer className="foot">
      {agreements.map(({ agreement }) => (
        <span key={agreement.id}>
          {agreement.name} v{agreement.version}, in force since {dayWords(agreement.effectiveFrom)} {agreement.effectiveFrom.slice(0, 4)}
        </span>
      ))}
      <span>Every figure opens its formula, clause and counts</span>
      <span>
        Signed in as {person.name}, {person.email}
      </span>
    </footer>
  );
}
