import { describe, expect, it } from "vitest";
import { flattenRecord } from "../../../../shared/feeds/formats/flatten-json.ts";
import { JsonNumber, type JsonValue } from "../../../../shared/feeds/formats/json-value.ts";

function object(members: Record<string, JsonValue>): ReadonlyMap<string, JsonValue> {
  return new Map(Object.entries(members));
}

describe("a JSON object as cells", () => {
  it.each<[string, JsonValue, string]>([
    ["null is a blank cell", null, ""],
    ["zero is a value", new JsonNumber("0"), "0"],
    ["a number keeps its digits", new JsonNumber("1.50e3"), "1.50e3"],
    ["an empty list is not a blank cell", [], "[]"],
    ["an empty object is not a blank cell", object({}), "{}"],
    ["a list is JSON text", ['a"b', new JsonNumber("1.0"), null, true, object({ x: [] })], '["a\\"b",1.0,null,true,{"x":[]}]'],
    ["false is a value", false, "false"],
    ["text is text", "0", "0"],
  ])("%s", (_, value, text) => expect(flattenRecord(object({ cell: value })).get("cell")).toBe(text));

  it("nested names are joined by dots, in the file's order", () => {
    const cells = flattenRecord(object({ b: object({ d: "1", c: object({ e: "2" }) }), a: "3", __proto__x: "4" }));
    expect([...cells]).toEqual([
      ["b.d", "1"],
      ["b.c.e", "2"],
      ["a", "3"],
      ["__proto__x", "4"],
    ]);
  });

  it.each([
    [
      new Map<string, JsonValue>([
        ["a.b", "1"],
        ["a", object({ b: "2" })],
      ]),
    ],
    [
      new Map<string, JsonValue>([
        ["a", object({ b: "2" })],
        ["a.b", "1"],
      ]),
    ],
  ])("a nested name and the same one with a dot in it are refused, in either order", (record) => {
    expect(() => flattenRecord(record)).toThrow('has the name "a.b" twice in one object');
  });
});
