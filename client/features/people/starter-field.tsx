import { useState } from "react";
import { isStarterId, loadStarter, type StarterId, STARTERS } from "../../live/starter-texts.ts";
import { asAppError } from "../../live/use-request.ts";
import { Field } from "../../ui/field.tsx";

/** Writes a text to start from into the form's own text areas, once it is asked to; what stood there goes. */
async function fill(form: HTMLFormElement, id: StarterId): Promise<void> {
  const { agreement, feeds } = await loadStarter(id);
  const texts = { agreement, feeds: feeds.join("\n---\n") };
  for (const [name, text] of Object.entries(texts)) {
    const area = form.elements.namedItem(name);
    if (area instanceof HTMLTextAreaElement) area.value = text;
  }
}

/** For who has no agreement file yet: a text for each kind of service, to be changed before it is added. */
export function StarterField(): React.JSX.Element {
  const [id, setId] = useState<StarterId>(STARTERS[0].id);
  const [error, setError] = useState<string | null>(null);
  const take = (form: HTMLFormElement | null) => {
    setError(null);
    if (form !== null) fill(form, id).catch((thrown: unknown) => setError(asAppError(thrown).message));
  };
  return (
    <div className="row starter">
      <Field label="Start from a template" hint="Change its id, names, days and levels before you add it" error={error}>
        {(control) => (
          <select {...control} value={id} onChange={({ target }) => isStarterId(target.value) && setId(target.value)}>
            {STARTERS.map((starter) => (
              <option key={starter.id} value={starter.id}>
                {starter.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button className="btn" type="button" onClick={(event) => take(event.currentTarget.form)}>
        Put it into the form
      </button>
    </div>
  );
}
