import { describe, expect, it } from "vitest";
import { logGamma } from "../../../../shared/stats/log-gamma.ts";
import { normalCdf } from "../../../../shared/stats/normal.ts";
import { drawBeta, drawBinomial, drawGamma, drawNormal, drawPoisson } from "../../../../shared/stats/random-draws.ts";
import { type RandomStream, randomStream } from "../../../../shared/stats/random.ts";

const DRAWS = process.env["ACCORD_TESTS"] === "full" ? 2_000_000 : 40_000;

/** Greatest distance of the drawn numbers from a distribution, in units of 1 / sqrt(n): above 1.95 in 1 of 1000 (Kolmogorov). */
function distance(draw: () => number, cdf: (x: number) => number): number {
  const values = Float64Array.from({ length: DRAWS }, draw).sort();
  const gaps = values.map((x, i) => Math.max(cdf(x) - i / DRAWS, (i + 1) / DRAWS - cdf(x)));
  return gaps.reduce((most, gap) => Math.max(most, gap), 0) * Math.sqrt(DRAWS);
}

/** Pearson's sum against expected chances, as a number of standard deviations above its mean. */
function excess(draw: () => number, chance: (k: number) => number, counts: number): number {
  const seen = new Float64Array(counts + 1);
  for (let i = 0; i < DRAWS; i++) {
    const k = Math.min(draw(), counts);
    seen[k] = (seen[k] ?? 0) + 1;
  }
  const chances = Array.from({ length: counts }, (_, k) => chance(k));
  const all = [...chances, 1 - chances.reduce((sum, each) => sum + each, 0)];
  const used = all.map((each, k) => ({ expected: each * DRAWS, seen: seen[k] ?? 0 })).filter(({ expected }) => expected >= 5);
  const sum = used.reduce((total, each) => total + (each.seen - each.expected) ** 2 / each.expected, 0);
  return (sum - used.length) / Math.sqrt(2 * used.length);
}

function binomialChance(n: number, p: number): (k: number) => number {
  return (k) => Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

function poissonChance(mean: number): (k: number) => number {
  return (k) => Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
}

function five(draw: (stream: RandomStream) => number): number[] {
  const stream = randomStream("golden");
  return Array.from({ length: 5 }, () => draw(stream));
}

describe("a random stream", () => {
  it("is the same on every machine and in every version", () => {
    expect(five((stream) => stream.next())).toMatchInlineSnapshot(`
      [
        0.5727395753081009,
        0.5316337490514609,
        0.36887976920805865,
        0.7910688422738421,
        0.5230602166272447,
      ]
    `);
    expect(randomStream("").next()).toMatchInlineSnapshot(`0.563619440584813`);
  });

  it("is decided by its seed to the last letter", () => {
    const firsts = Array.from({ length: 2000 }, (_, i) => randomStream(`queue ${i}`).next());
    expect(new Set(firsts).size).toBe(2000);
    const mean = firsts.reduce((sum, first) => sum + first, 0) / 2000;
    expect(Math.abs(mean - 0.5) * Math.sqrt(12 * 2000)).toBeLessThan(3.3);
  });

  it("is uniform, and one number says nothing about the next", () => {
    const stream = randomStream("uniform");
    expect(
      distance(
        () => stream.next(),
        (x) => x,
      ),
    ).toBeLessThan(1.95);
    const cell = () => Math.floor(stream.next() * 16) * 16 + Math.floor(stream.next() * 16);
    expect(excess(cell, () => 1 / 256, 255)).toBeLessThan(3.3);
  });
});

describe("numbers drawn from a stream", () => {
  it("stay what they were, so that a simulation can be repeated", () => {
    expect(five(drawNormal)).toMatchInlineSnapshot(`
      [
        -0.5346202956848962,
        -1.3336871467057334,
        -1.0059390107403245,
        -0.49365616538530593,
        1.3605157050250338,
      ]
    `);
    expect(five((stream) => drawGamma(stream, 0.7))).toMatchInlineSnapshot(`
      [
        0.43114473328663844,
        0.24587712918424112,
        0.46010231469770774,
        0.22590589915332668,
        0.02664379758834763,
      ]
    `);
    expect(five((stream) => drawBeta(stream, 2, 5))).toMatchInlineSnapshot(`
      [
        0.2750366569236538,
        0.5532046854922511,
        0.0452528359553457,
        0.2529084071050211,
        0.2447161520001807,
      ]
    `);
    expect(five((stream) => drawBinomial(stream, 9, 0.4))).toMatchInlineSnapshot(`
      [
        4,
        4,
        3,
        5,
        4,
      ]
    `);
    expect(five((stream) => drawBinomial(stream, 1000, 0.8))).toMatchInlineSnapshot(`
      [
        797,
        805,
        799,
        817,
        809,
      ]
    `);
    expect(five((stream) => drawPoisson(stream, 3))).toMatchInlineSnapshot(`
      [
        3,
        3,
        2,
        4,
        3,
      ]
    `);
    expect(five((stream) => drawPoisson(stream, 366))).toMatchInlineSnapshot(`
      [
        370,
        359,
        367,
        341,
        352,
      ]
    `);
  });

  it("follow the normal distribution, out to its tail", () => {
    const stream = randomStream("normal");
    expect(distance(() => drawNormal(stream), normalCdf)).toBeLessThan(1.95);
    const beyond = Array.from({ length: DRAWS }, () => drawNormal(stream)).filter((x) => Math.abs(x) > 3.45).length;
    const expected = DRAWS * 2 * normalCdf(-3.45);
    expect(Math.abs(beyond - expected) / Math.sqrt(expected)).toBeLessThan(3.3);
  });

  it("follow the gamma distribution: of shape 1 the exponential, of 1/2 half a squared normal", () => {
    const stream = randomStream("gamma");
    expect(
      distance(
        () => drawGamma(stream, 1),
        (x) => 1 - Math.exp(-x),
      ),
    ).toBeLessThan(1.95);
    expect(
      distance(
        () => drawGamma(stream, 0.5),
        (x) => 1 - 2 * normalCdf(-Math.sqrt(2 * x)),
      ),
    ).toBeLessThan(1.95);
  });

  it("follow the beta distribution, also where nearly all of it lies at its ends", () => {
    const stream = randomStream("beta");
    expect(
      distance(
        () => drawBeta(stream, 2, 1),
        (x) => x * x,
      ),
    ).toBeLessThan(1.95);
    expect(
      distance(
        () => drawBeta(stream, 0.5, 0.5),
        (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x)),
      ),
    ).toBeLessThan(1.95);
    const ends = Array.from({ length: 1000 }, () => drawBeta(stream, 1e-4, 3e-4));
    expect(ends.every((x) => x >= 0 && x <= 1)).toBe(true);
    expect(Math.abs(ends.filter((x) => x > 0.5).length - 250) / Math.sqrt(187.5)).toBeLessThan(3.3);
  });

  it.each([
    [5, 0.3],
    [30, 0.9],
    [40, 0.25],
    [60, 0.5],
    [200, 0.93],
  ])("follow the binomial distribution of %i trials with chance %f", (n, p) => {
    const stream = randomStream(`binomial ${n}`);
    expect(excess(() => drawBinomial(stream, n, p), binomialChance(n, p), n)).toBeLessThan(3.3);
  });

  it.each([0.4, 9.5, 10, 42, 180])("follow the Poisson distribution of mean %f", (mean) => {
    const stream = randomStream(`poisson ${mean}`);
    expect(excess(() => drawPoisson(stream, mean), poissonChance(mean), Math.ceil(mean + 6 * Math.sqrt(mean) + 5))).toBeLessThan(3.3);
  });

  it("are certain where chance has no part", () => {
    const stream = randomStream("sure");
    expect([drawBinomial(stream, 0, 0.5), drawBinomial(stream, 7, 0), drawBinomial(stream, 7, 1), drawPoisson(stream, 0)]).toEqual([
      0, 0, 7, 0,
    ]);
  });

  it("refuse what no distribution is", () => {
    const stream = randomStream("refuse");
    for (const draw of [
      () => drawGamma(stream, 0),
      () => drawBeta(stream, 1, Number.NaN),
      () => drawBinomial(stream, 1.5, 0.5),
      () => drawBinomial(stream, 3, 1.1),
      () => drawPoisson(stream, -1),
    ])
      expect(draw).toThrow(RangeError);
  });
});
