import type { YesNo } from "./definition-parts.ts";
import { formName } from "./form-name.ts";
import type { QaFeed, RosterFeed, ScheduleFeed, SurveyFeed } from "./record-kinds.ts";

interface Found {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = Found["path"];

function overlap(path: Path, lists: readonly (readonly string[])[]): Found[] {
  const texts = lists.flatMap((list) => [...new Set(list)]);
  const twice = texts.find((text, i) => texts.indexOf(text) !== i);
  return twice === undefined ? [] : [{ path, message: `"${twice}" is listed under two meanings` }];
}

function yesNo(path: Path, part: YesNo | undefined): Found[] {
  return part === undefined ? [] : overlap(path, [part.yes, part.no]);
}

function dayNumber(path: Path, date: { readonly format: string; readonly firstDay?: string | undefined } | undefined): Found[] {
  if (date === undefined || (date.format === "day-number") === (date.firstDay !== undefined)) return [];
  return [{ path: [...path, "firstDay"], message: "is needed for the format day-number, and for no other" }];
}

function surveyContradictions({ csat, nps, resolved, invited }: SurveyFeed): Found[] {
  const found = [...yesNo(["resolved"], resolved), ...yesNo(["invited"], invited === "every-row" ? undefined : invited)];
  if (csat === undefined && nps === undefined && resolved === undefined)
    found.push({ path: ["csat"], message: "or nps or resolved is needed: a survey without a question has no answers" });
  if (csat === undefined) return found;
  const limits = [csat.lowest - 1, ...csat.boxes];
  if (limits.some((limit, i) => i > 0 && limit <= (limits[i - 1] ?? 0)))
    found.push({ path: ["csat", "boxes"], message: "must grow from box to box, and begin at lowest or above" });
  return found;
}

function qaContradictions({ form, formVersion, score }: QaFeed): Found[] {
  const found: Found[] = [];
  const parts = formVersion === undefined ? [form] : [form, formVersion];
  const constants = parts.flatMap((part) => ("constant" in part ? [part.constant] : []));
  if (constants.length > 0 && formName(...constants) === "")
    found.push({ path: ["form"], message: "name and version together must be 1 to 20 letters, digits, points, hyphens and spaces" });
  if ("items" in score) return [...found, ...overlap(["score"], [score.right, score.wrong, score.notApplicable])];
  const { autoFail, criticalErrors } = score;
  return [
    ...found,
    ...yesNo(["score", "autoFail"], autoFail),
    ...Object.entries(criticalErrors).flatMap(([kind, part]) => yesNo(["score", "criticalErrors", kind], part)),
  ];
}

function rosterContradictions({ start, agent, covers, service, left, leftOn }: RosterFeed): Found[] {
  const found = [...yesNo(["left"], left), ...dayNumber(["leftOn"], leftOn)];
  if (service !== undefined && "startedOn" in service) found.push(...dayNumber(["service", "startedOn"], service.startedOn));
  if ("constant" in start && covers !== "all")
    found.push({ path: ["covers"], message: "must be all where the whole file has one day: each file would be that day again" });
  if (agent === "each-row" && covers !== "all")
    found.push({ path: ["agent"], message: "each-row is only for covers: all, because nobody can be found again in another snapshot" });
  return found;
}

/** What contradicts itself in the definition of a feed of records. */
export function recordContradictions(feed: SurveyFeed | QaFeed | RosterFeed | ScheduleFeed): Found[] {
  switch (feed.kind) {
    case "survey":
      return surveyContradictions(feed);
    case "qa":
      return qaContradictions(feed);
    case "roster":
      return rosterContradictions(feed);
    case "schedule":
      return [];
  }
}
