import { AlertCause } from "../../../shared/alerts/alert.ts";
import type { MemberView } from "../../../shared/protocol/alert-routes.ts";
import { useLive } from "../../live/live-context.ts";
import { Field } from "../../ui/field.tsx";
import { bothClocks, lengthWords } from "../../ui/zone-time.ts";
import { updateChoices } from "./act-choices.ts";
import { SEVERITY_WORDS } from "./alert-filter.ts";
import { CAUSE_WORDS } from "./act-words.ts";
import { roleWords } from "./duty-terms.ts";
import type { ListedAlert } from "./listed-alert.ts";
import { actorOf } from "./use-acts.ts";

type Targets = readonly ListedAlert[];

/** Who sees to it. Several alerts may belong to agreements with different people; then it is the reader. */
export function OwnerField({
  targets,
  members,
  isAsked,
  chosen = "",
}: {
  readonly targets: Targets;
  readonly members: readonly MemberView[];
  readonly isAsked: boolean;
  /** What was chosen before it failed. */
  readonly chosen?: string | undefined;
}): React.JSX.Element | null {
  const live = useLive();
  const [first] = targets;
  if (first === undefined || targets.some(({ agreement }) => agreement.id !== first.agreement.id)) return null;
  const me = actorOf(live, first.agreement.id);
  const others = members.filter(({ id }) => id !== me.id);
  return (
    <Field label="Owner">
      {(control) => (
        <select {...control} name="owner" required={isAsked} defaultValue={chosen}>
          {isAsked && <option value="">Choose somebody</option>}
          <option value={isAsked ? me.id : ""}>{me.name} (you)</option>
          {others.map(({ id, name, role }) => (
            <option key={id} value={id}>
              {name}, {roleWords(role, first.agreement)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CauseFieldProps {
  readonly targets: Targets;
  readonly isAsked: boolean;
  readonly chosen?: string | undefined;
}

export function CauseField({ targets, isAsked, chosen }: CauseFieldProps): React.JSX.Element {
  const known = targets.length === 1 ? (targets[0]?.alert.cause ?? "") : "";
  return (
    <Field label="Cause">
      {(control) => (
        <select {...control} name="cause" required={isAsked} defaultValue={chosen ?? known}>
          <option value="">{isAsked ? "Choose a cause" : "Not known yet"}</option>
          {AlertCause.options.map((cause) => (
            <option key={cause} value={cause}>
              {CAUSE_WORDS[cause]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** The clock that times of these alerts are told by. */
export function zoneOf(targets: Targets): string {
  return targets[0]?.agreement.timeZone ?? "UTC";
}

export interface TimeFieldProps {
  readonly targets: Targets;
  readonly nowMs: number;
  readonly chosen?: string | undefined;
}

export function DueField({ targets, nowMs, chosen = "" }: TimeFieldProps): React.JSX.Element {
  const { lengths, severity } = updateChoices(targets);
  const longest = lengths.at(-1) ?? 0;
  return (
    <Field label="Next update due" hint={`${SEVERITY_WORDS[severity]} allows at most ${lengthWords(longest)}`}>
      {(control) => (
        <select {...control} name="due" defaultValue={chosen}>
          {lengths.map((ms) => (
            <option key={ms} value={ms === longest ? "" : ms}>
              in {lengthWords(ms)}, {bothClocks(zoneOf(targets), nowMs + ms, nowMs)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
