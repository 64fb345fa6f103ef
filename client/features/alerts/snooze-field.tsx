import { useState } from "react";
import { Field } from "../../ui/field.tsx";
import { instantsAt, localText } from "../../ui/local-instant.ts";
import { bothClocks, lengthWords, zoneCity } from "../../ui/zone-time.ts";
import { longestSnoozeMs, snoozeChoices } from "./act-choices.ts";
import { type TimeFieldProps, zoneOf } from "./act-fields.tsx";
import { untilTime, timeOf } from "./read-act.ts";

const MINUTE_MS = 60_000;
const AT = "at";

/** How long alerts are snoozed: a length from now, until they clear, or until a time on the agreement's clock. */
export function SnoozeField({ targets, nowMs, chosen }: TimeFieldProps): React.JSX.Element {
  const choices = snoozeChoices(targets);
  const zone = zoneOf(targets);
  const chosenMs = chosen === undefined ? null : timeOf(chosen);
  const lengths = choices.map((ms) => String(ms ?? ""));
  const [wanted, setChoice] = useState(chosenMs === null ? chosen : AT);
  // An alert that got worse may not be snoozed for as long as was chosen before.
  const choice = wanted === AT || (wanted !== undefined && lengths.includes(wanted)) ? wanted : (lengths[0] ?? "");
  const [text, setText] = useState(chosenMs === null ? "" : localText(zone, chosenMs));
  const atMs = instantsAt(zone, text).find((ms) => ms > nowMs);
  const isLimited = !choices.includes(null);
  return (
    <>
      <Field label="Until" {...(isLimited ? { hint: "A critical alert may be snoozed for a day at most" } : {})}>
        {(control) => (
          <select {...control} value={choice} onChange={(event) => setChoice(event.target.value)}>
            {choices.map((ms) => (
              <option key={ms} value={ms ?? ""}>
                {ms === null ? "it clears" : `${lengthWords(ms)} from now, ${bothClocks(zone, nowMs + ms, nowMs)}`}
              </option>
            ))}
            <option value={AT}>a time of your choice</option>
          </select>
        )}
      </Field>
      {choice === AT && (
        <Field label={`Time in ${zoneCity(zone)}`} hint={atMs === undefined ? "Later than now" : bothClocks(zone, atMs, nowMs)}>
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              value={text}
              min={localText(zone, nowMs + MINUTE_MS)}
              max={localText(zone, nowMs + longestSnoozeMs(targets))}
              required
              onChange={({ target }) => {
                const isShown = target.value === "" || instantsAt(zone, target.value).length > 0;
                target.setCustomValidity(isShown ? "" : `The clock of ${zoneCity(zone)} never shows this time.`);
                setText(target.value);
              }}
            />
          )}
        </Field>
      )}
      <input type="hidden" name="until" value={choice === AT ? untilTime(atMs ?? 0) : choice} />
    </>
  );
}
