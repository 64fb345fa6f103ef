import { useLive } from "../live/live-context.ts";
import { useAgreementParts } from "../live/use-agreement-parts.ts";
import { dayWords } from "../ui/zone-time.ts";

const NAMED = ["agreement"] as const;

export function PageFoot(): React.JSX.Element {
  const agreements = useAgreementParts(NAMED);
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
