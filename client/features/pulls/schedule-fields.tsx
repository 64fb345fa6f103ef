import { useState } from "react";
import type { PullSchedule } from "../../../shared/protocol/pull.ts";
import { Field } from "../../ui/field.tsx";
import { clockOf } from "./schedule-words.ts";

type When = "every" | "daily" | "cron";

function whenOf(known: PullSchedule | null): When {
  if (known === null) return "daily";
  if (known.kind === "every") return "every";
  return clockOf(known) === null ? "cron" : "daily";
}

/** When to fetch: asked the way people say it, with the cron pattern for the rest. */
export function ScheduleFields({ known, zone }: { readonly known: PullSchedule | null; readonly zone: string }): React.JSX.Element {
  const [when, setWhen] = useState<When>(whenOf(known));
  const kept = known?.kind === "cron" ? known : null;
  return (
    <>
      <Field label="When">
        {(control) => (
          <select
            {...control}
            name="when"
            value={when}
            onChange={({ target: { value } }) => setWhen(value === "every" || value === "cron" ? value : "daily")}
          >
            <option value="daily">once a day</option>
            <option value="every">every few minutes</option>
            <option value="cron">by a cron pattern</option>
          </select>
        )}
      </Field>
      <div className="pull-two">
        {when === "daily" && (
          <Field label="At">
            {(control) => (
              <input {...control} name="clock" type="time" defaultValue={known === null ? "06:30" : (clockOf(known) ?? "06:30")} required />
            )}
          </Field>
        )}
        {when === "every" && (
          <Field label="Minutes">
            {(control) => (
              <input
                {...control}
                name="minutes"
                type="number"
                min={1}
                max={1440}
                defaultValue={known?.kind === "every" ? known.minutes : 15}
                required
              />
            )}
          </Field>
        )}
        {when === "cron" && (
          <Field label="Pattern" hint="minute, hour, day, month, weekday">
            {(control) => <input {...control} name="cron" defaultValue={kept?.pattern ?? "30 6 * * 1-5"} required />}
          </Field>
        )}
        {when !== "every" && (
          <Field label="Time zone">
            {(control) => <input {...control} name="timeZone" defaultValue={kept?.timeZone ?? zone} required />}
          </Field>
        )}
      </div>
    </>
  );
}
