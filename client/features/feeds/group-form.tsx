import { useState } from "react";
import { FeedGroup } from "../../../shared/feeds/group.ts";
import type { FeedGroupView } from "../../../shared/protocol/archive-routes.ts";
import { AppError } from "../../../shared/protocol/errors.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { plainId } from "../../live/plain-id.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";

interface GroupFormProps {
  /** The group to change; null makes another. */
  readonly group: FeedGroupView | null;
  /** Ids that a new group cannot have. */
  readonly taken: ReadonlySet<string>;
  readonly states: readonly AgreementState[];
  readonly onDone: () => void;
}

interface Route {
  readonly key: string;
  readonly value: string;
  readonly feedId: string;
}

function routeOf(value: string, feedId: string): Route {
  return { key: crypto.randomUUID(), value, feedId };
}

/** @throws AppError when one value would lead to two feeds. */
function routesFrom(data: FormData): Record<string, string> {
  const texts = (field: string) => data.getAll(field).map((value) => (typeof value === "string" ? value.trim() : ""));
  const feeds = texts("route-feed");
  const pairs = texts("route-value").map((value, i) => [value, feeds[i] ?? ""] as const);
  const twice = pairs.find(([value], i) => pairs.findIndex(([other]) => other === value) < i);
  if (twice !== undefined) throw new AppError("bad-request", `“${twice[0]}” stands twice.`, "Give each value one feed.");
  return Object.fromEntries(pairs);
}

/** Says how a file of several agreements is taken apart. */
export function GroupForm({ group, taken, states, onDone }: GroupFormProps): React.JSX.Element {
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    const name = formText(data, "name").trim();
    const body = { name, column: formText(data, "column").trim(), routes: routesFrom(data), unknown: formText(data, "unknown") };
    const id = group?.id ?? plainId(name, taken, "group");
    await call({ method: "PUT", path: `/api/v1/feed-groups/${encodeURIComponent(id)}`, body, answer: FeedGroup });
    onDone();
  });
  return (
    <form className="form boxed" aria-label={group === null ? "A file of several agreements" : `Change ${group.name}`} onSubmit={onSubmit}>
      <Field label="Name of the file" hint="Shown where files are handed in">
        {(control) => <input {...control} name="name" maxLength={80} defaultValue={group?.name ?? ""} required />}
      </Field>
      <Field label="Column that says whose row it is" hint="As in the file's first line; the feeds' definitions must ignore it">
        {(control) => <input {...control} name="column" maxLength={200} defaultValue={group?.column ?? ""} required />}
      </Field>
      <RouteFields group={group} states={states} />
      <Field label="A row with another value">
        {(control) => (
          <select {...control} name="unknown" defaultValue={group?.unknown ?? "refuse"}>
            <option value="refuse">refuses the whole file</option>
            <option value="ignore-with-note">is left out, and named to whoever handed the file in</option>
          </select>
        )}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          {group === null ? "Take it apart from now on" : "Save"}
        </button>
      </div>
    </form>
  );
}

function RouteFields({ group, states }: Pick<GroupFormProps, "group" | "states">): React.JSX.Element {
  const known = Object.entries(group?.routes ?? {}).map(([value, feedId]) => routeOf(value, feedId));
  const [routes, setRoutes] = useState<readonly Route[]>(known.length > 0 ? known : [routeOf("", ""), routeOf("", "")]);
  const change = (changed: Route) => setRoutes((all) => all.map((route) => (route.key === changed.key ? changed : route)));
  return (
    <fieldset className="choices route-list">
      <legend>Where rows go</legend>
      {routes.map((route, i) => (
        <div className="route" key={route.key}>
          <Field label={`Value ${i + 1}`}>
            {(control) => (
              <input
                {...control}
                name="route-value"
                maxLength={80}
                value={route.value}
                onChange={(event) => change({ ...route, value: event.target.value })}
                required
              />
            )}
          </Field>
          <Field label={`Feed for value ${i + 1}`}>
            {(control) => (
              <select
                {...control}
                name="route-feed"
                value={route.feedId}
                onChange={(event) => change({ ...route, feedId: event.target.value })}
                required
              >
                <option value="">Choose a feed</option>
                {states.map(({ agreement, feeds }) => (
                  <optgroup key={agreement.id} label={agreement.name}>
                    {[...feeds.values()].map((feed) => (
                      <option key={feed.feedId} value={feed.feedId}>
                        {feed.name}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
            )}
          </Field>
          <button
            className="btn"
            type="button"
            disabled={routes.length === 1}
            onClick={() => setRoutes((all) => all.filter(({ key }) => key !== route.key))}
          >
            Remove<span className="sr"> value {i + 1}</span>
          </button>
        </div>
      ))}
      <button className="btn" type="button" onClick={() => setRoutes((all) => [...all, routeOf("", "")])}>
        Add a value
      </button>
    </fieldset>
  );
}
