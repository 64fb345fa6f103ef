import { describe, expect, it } from "vitest";
import { readDocuments } from "../../../server/documents/read-documents.ts";

const SOUND = `accord: agreement/1
id: acme
name: Acme
version: 1
parties: { client: Acme, provider: Calls Ltd }
timeZone: UTC
effectiveFrom: 2026-01-05
serviceHours: always
targets:
  - id: sl
    name: Service level
    feed: switch
    measure: { metric: service-level, variant: negative, withinSeconds: 20 }
    direction: at-least
    expected: 80 %
    windows: [week]
fees: { currency: EUR, amount: "1000", per: week }
`;

describe("a document that its schema refuses", () => {
  it.each([
    ["a level without its unit", "80 %", "80", "a.yaml.targets.sl.expected", "Line 15: 80 is a bare number.", '"80 %"'],
    ["an amount with a comma", '"1000"', "1,000", "a.yaml.fees", 'Line 17: The number "0" stands where', '"40000"'],
    ["an amount with a comma in quotes", '"1000"', '"1,000"', "a.yaml.fees.amount", 'Line 17: "1,000" does not fit', "a plain amount"],
    ["a misspelt word", "negative", "negativ", "a.yaml.targets.sl.measure.variant", 'Line 13: "negativ" is not one', "Write negative, or"],
    [
      "a misspelt metric",
      "service-level, v",
      "servicelevel, v",
      "a.yaml.targets.sl.measure.metric",
      '"servicelevel"',
      "Write service-level, or",
    ],
    [
      "a field that is missing",
      ", withinSeconds: 20",
      "",
      "a.yaml.targets.sl.measure.withinSeconds",
      "Line 13: This field is missing.",
      "Add it",
    ],
    ["a field that nobody knows", "windows:", "window:", "a.yaml.targets.sl", 'There is no field "window"', "spell it as agreed"],
    ["a word where a list belongs", "[week]", "week", "a.yaml.targets.sl.windows", "Line 16: A list", "such as [week]"],
    ["a day in another order", "2026-01-05", "05/01/2026", "a.yaml.effectiveFrom", 'Line 7: "05/01/2026"', "year-month-day"],
    [
      "a word where a list or another word belongs",
      "always",
      "allways",
      "a.yaml.serviceHours",
      'Line 8: "allways"',
      "Write always or a list",
    ],
    ["a currency in small letters", "EUR", "eur", "a.yaml.fees.currency", '"eur" does not fit', "capital letters"],
  ])("%s: says the line, and what to write instead", (_, from, to, path, message, remedy) => {
    const { agreement, problems } = readDocuments({ name: "a.yaml", text: SOUND.replace(from, to) }, []);
    const found = problems.find((problem) => problem.path === path);
    expect(agreement).toBeNull();
    expect(found?.severity).toBe("error");
    expect(found?.message).toContain(message);
    expect(found?.remedy).toContain(remedy);
    expect(found?.dispute).not.toBe("");
  });

  it("is read where nothing is wrong", () => {
    expect(readDocuments({ name: "a.yaml", text: SOUND }, []).agreement?.id).toBe("acme");
  });
});

it("a unit that there is not is called that, and the units are listed", () => {
  const feed = `accord: feed/1
id: switch
name: Switch
kind: interval
timeZone: UTC
intervalMinutes: 15
format: { type: delimited, delimiter: comma }
start: { date: { column: day, format: yyyy-mm-dd }, time: { column: time, format: "h:mm" } }
queue: { column: queue }
counters:
  offered: { column: offered }
  answer-wait-ms: { column: waited, unit: seconds }
`;
  const { problems } = readDocuments({ name: "a.yaml", text: SOUND }, [{ name: "f.yaml", text: feed }]);
  expect(problems).toMatchObject([
    { path: "f.yaml.counters.answer-wait-ms", message: 'Line 12: unit: "seconds" is not one of the words that can stand here.' },
  ]);
  expect(problems[0]?.remedy).toContain("Write one of: s, ms, min");
});
