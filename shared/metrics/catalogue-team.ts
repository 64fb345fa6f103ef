import { CENSUS, type MetricFamily, SUMS } from "./metric.ts";
import type { TeamMeasure } from "./team-formulas.ts";

const HEADS = "None: all agents are counted. Under 30 of them, show the people who left, not the share.";

/** Who does the work, and what is left of it. */
export const TEAM_METRICS: MetricFamily<TeamMeasure["metric"]> = {
  attrition: {
    id: "attrition",
    name: "Attrition",
    definition:
      "Agents who left ÷ average headcount, per month; for a year twelve times that, or compounded: 1 − (1 − m)¹². A month is the twelfth of 365 days.",
    explanation:
      "How fast the team changes. The same 4 % a month is 48 % a year one way and 38.7 % the other, so say which. Count from a list of agents by day: the average of the first and last day hides who came and went between.",
    direction: "at-most",
    merge: "Leavers and the heads of every day are added, then divided.",
    minimumSample: HEADS,
    variants: [
      {
        name: "per month",
        measure: { metric: "attrition", per: "month" },
        source: "Call Centre Helper, with the heads of every day as average",
      },
      {
        name: "per year, twelve times",
        measure: { metric: "attrition", per: "year-times-12" },
        source: "COPC HPMT manual, annualized attrition",
      },
      {
        name: "per year, compounded",
        measure: { metric: "attrition", per: "year-compounded" },
        source: "what twelve such months leave of those who were there",
      },
    ],
  },
  "early-survival": {
    id: "early-survival",
    name: "Early-tenure survival",
    definition: "Starters still there after some days ÷ starters, both counted on the day on which those days are over.",
    explanation:
      "How many new agents stay. Half of all leavers go within their first 90 days, and every one of them was trained at somebody's cost.",
    direction: "at-least",
    merge: `${SUMS} Only cohorts whose days are over are counted, so nothing is provisional.`,
    minimumSample: HEADS,
    variants: [
      {
        name: "90 days",
        measure: { metric: "early-survival", days: 90 },
        source: "Kaplan and Meier (1958), at one point, with complete cohorts",
      },
    ],
  },
  "tenure-mix": {
    id: "tenure-mix",
    name: "Tenure mix",
    definition: "Contacts handled by agents with less than some days of tenure ÷ contacts handled.",
    explanation: "How much of the work beginners do. It rises weeks before quality falls.",
    direction: "at-most",
    merge: SUMS,
    minimumSample: CENSUS,
    variants: [
      { name: "under 90 days", measure: { metric: "tenure-mix", underDays: 90 }, source: "this catalogue: hardly any provider reports it" },
    ],
  },
  backlog: {
    id: "backlog",
    name: "Backlog",
    definition: "Open items at the last snapshot, or the mean of all snapshots, each of one queue.",
    explanation: "How much work is waiting. A snapshot cannot be added up over time: Monday's open items are mostly still Tuesday's.",
    direction: "at-most",
    merge: "The latest snapshot of each queue counts and queues are added; for the mean, items and snapshots are added and divided.",
    minimumSample: CENSUS,
    variants: [
      { name: "last", measure: { metric: "backlog", method: "last" }, source: "usual in back-office contracts" },
      { name: "mean", measure: { metric: "backlog", method: "mean" }, source: "mean of snapshots" },
    ],
  },
  "backlog-age": {
    id: "backlog-age",
    name: "Backlog age",
    definition: "The age of all open items at the last snapshot ÷ open items, or the age of the oldest.",
    explanation: "How long the waiting work has waited. A small backlog of old items is worse than a large one of today's.",
    direction: "at-most",
    merge: "Mean: the latest snapshot of each queue, ages and items added first. Oldest: the oldest of all snapshots and queues.",
    minimumSample: CENSUS,
    variants: [
      { name: "mean", measure: { metric: "backlog-age", method: "mean" }, source: "mean age; COPC speaks of cycles late" },
      { name: "oldest", measure: { metric: "backlog-age", method: "oldest" }, source: "oldest item, usual in back-office contracts" },
    ],
  },
};
