import { memo, useId } from "react";
import type { Question } from "../../../shared/feeds/propose/question.ts";
import { Field } from "../../ui/field.tsx";
import { viewerZone } from "../../ui/zone-time.ts";

interface QuestionFieldProps {
  readonly question: Question;
  readonly answer: string;
  readonly agreementZone: string;
  readonly onAnswer: (answer: string) => void;
}

/** Several hundred zones, which do not change while somebody types. */
const Zones = memo(function Zones({ id, first }: { readonly id: string; readonly first: string }): React.JSX.Element {
  return (
    <datalist id={id}>
      {[...new Set([first, viewerZone(), "UTC", ...Intl.supportedValuesOf("timeZone")])].map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
});

/** One question, with what is known of it. */
export function QuestionField({ question, answer, agreementZone, onAnswer }: QuestionFieldProps): React.JSX.Element {
  const listId = useId();
  const why = question.why.endsWith(".") ? question.why : `${question.why}.`;
  return (
    <Field label={question.text} hint={why}>
      {(control) => {
        const shared = { ...control, value: answer, required: true };
        if (question.input === "zone")
          return (
            <>
              <input {...shared} list={listId} placeholder={agreementZone} onChange={(event) => onAnswer(event.target.value)} />
              <Zones id={listId} first={agreementZone} />
            </>
          );
        if (question.options === null)
          return <input {...shared} type={question.input === "day" ? "date" : "text"} onChange={(event) => onAnswer(event.target.value)} />;
        return (
          <select {...shared} onChange={(event) => onAnswer(event.target.value)}>
            {question.proposed === null && <option value="">Please choose</option>}
            {question.options.map(({ value, words }) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        );
      }}
    </Field>
  );
}
