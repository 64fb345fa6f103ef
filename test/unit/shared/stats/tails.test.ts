import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaBinomialCdf, betaBinomialSurvival } from "../../../../shared/stats/beta-binomial.ts";
import { betaCdf, betaQuantile, betaSurvival, betaUpperQuantile } from "../../../../shared/stats/beta.ts";
import { binomialCdf, binomialSurvival } from "../../../../shared/stats/binomial.ts";
import { gammaCdf, gammaQuantile, gammaSurvival, gammaUpperQuantile } from "../../../../shared/stats/gamma.ts";
import { normalQuantile } from "../../../../shared/stats/normal-quantile.ts";
import { normalCdf, normalLogSurvival, normalSurvival } from "../../../../shared/stats/normal.ts";
import { poissonCdf, poissonSurvival } from "../../../../shared/stats/poisson.ts";
import { studentTCdf, studentTQuantile } from "../../../../shared/stats/student-t.ts";

const RUNS = { numRuns: process.env["ACCORD_TESTS"] === "full" ? 5000 : 200 };

/** How far apart two numbers are, in units of the second. */
function relative(value: number, golden: number): number {
  return value === golden ? 0 : Math.abs(value / golden - 1);
}

// Golden values: mpmath 1.4 with 50 to 360 digits, at ordinary arguments and out to tails of 1e-300.
const NORMAL_TAILS = [
  [-38, 1.0],
  [-3, 0.9986501019683699],
  [-0.6745, 0.7500032571363008],
  [0, 0.5],
  [0.68, 0.2482522304535705],
  [2.5, 0.006209665325776135],
  [5.6, 1.071759025831093e-8],
  [8, 6.220960574271784e-16],
  [20.7, 1.7318518790197378e-95],
  [35.9, 1.5273679890092035e-282],
] as const;
const NORMAL_QUANTILES = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [1e-10, -6.361340902404057],
  [0.001, -3.0902323061678136],
  [0.05, -1.6448536269514726],
  [0.076, -1.4325027208258116],
  [0.4, -0.2533471031357997],
  [0.5, 0.0],
  [0.9, 1.2815515655446006],
  [0.975, 1.9599639845400538],
  [0.9999999, 5.199337582290661],
] as const;
const BETA = [
  [0.4905412851593957, 178820.20163625552, 175733.09645620972, 4.198025631661497e-61, 1.0],
  [0.7993812574781313, 72629.12721118768, 20490.590474876295, 1.0, 8.927483851442101e-49],
  [0.2348575206566056, 92.9940945190155, 29.554367021283323, 8.29072714263368e-35, 1.0],
  [8.665447317704628e-10, 3.0, 5.0, 2.277408839862083e-26, 1.0],
  [1.394807717523232e-12, 2.036392475878335, 78.72389975841814, 2.5636082554798488e-21, 1.0],
  [0.9999216062566036, 55.09893936969057, 5.696840511294851, 0.9999999999999999, 1.0380859204596352e-16],
  [3.771740032736969e-7, 2.0, 3.0, 8.535609432182211e-13, 0.9999999999991465],
  [0.27494873037814305, 4866.753876226331, 11704.42356324912, 4.0778254331233674e-8, 0.9999999592217457],
  [0.003124887975592318, 3.493328376112475, 43.96896394657025, 8.391936825318268e-5, 0.9999160806317469],
  [0.9984697190086107, 2.0, 1.0, 0.996941779777134, 0.0030582202228659904],
  [0.6424531557017527, 2968.3473023168394, 1536.9108302070388, 0.01046040162572071, 0.9895395983742793],
  [0.6264826269596635, 2.0524043225924027, 5.177292652684669, 0.9725659466698695, 0.027434053330130496],
  [0.0008578323722382451, 0.6940755337691394, 31.37284646727591, 0.08837303375158602, 0.911626966248414],
  [0.9999989167794648, 3.085513850492067, 0.011975240415926241, 0.13602894888279332, 0.8639710511172067],
  [0.25537140152413784, 1.0, 1.0, 0.25537140152413784, 0.7446285984758622],
  [0.9881546932152688, 224.85626124768447, 2.524221027280603, 0.377687412317158, 0.622312587682842],
  [0.7543179895561147, 325.8454846239514, 106.49503626648588, 0.5047884124173716, 0.4952115875826284],
] as const;
const GAMMA = [
  [1157.6447923174578, 159.24989562202788, 1.0, 1.984708553514241e-299],
  [579.4256948727176, 21.804943591388685, 1.0, 2.568391564562907e-214],
  [357.17974361957357, 3.976285089416661, 1.0, 5.191611016702283e-149],
  [15.628617141243033, 140.9682560226623, 2.2804688582306763e-82, 1.0],
  [184.70074187104396, 441.65143939130235, 7.7712082724224e-58, 1.0],
  [79.77274521039907, 2.913802850117742, 1.0, 5.472602968827759e-32],
  [9.77029227246823e-7, 3.408404799598981, 3.1938844175764454e-22, 1.0],
  [172612.91295348754, 175774.47622038567, 1.652090420040106e-14, 0.9999999999999835],
  [8.332945270156306e-15, 0.6424380770426537, 1.0028312138146418e-9, 0.9999999989971687],
  [0.04366789347141447, 2.2637189203720363, 0.00031339256485945387, 0.9996866074351406],
  [61.29555334807637, 41.53391071143271, 0.9968527514113824, 0.0031472485886175424],
  [28.89040013544492, 41.16890347958842, 0.018197171079291908, 0.9818028289207081],
  [1.1259421209829399e-39, 0.029521827361451123, 0.07198851954667683, 0.9280114804533232],
  [31.665429939688284, 27.357493377912085, 0.8014936725822832, 0.19850632741771673],
  [8.832039208471734, 9.928595886741148, 0.3994833535338522, 0.6005166464661478],
] as const;
const STUDENT = [
  [-31.275491517338327, 2390.0, 1.3535461548800993e-180],
  [-1441290977374.6309, 5.091664964045295, 1.3108244545260434e-61],
  [-1.5471224104990768e16, 2.0, 2.0889144313135043e-33],
  [-179044439184.83084, 2.0, 1.5597260660379626e-23],
  [-28.292370455924278, 18.892603070624432, 3.135582335204828e-17],
  [-5.614353814928087, 19774.441318653, 9.99732968050372e-9],
  [-2.717977324087097, 2804.041792147413, 0.003304318782824986],
  [-1.4451844396117632, 2385.0, 0.0742687293149796],
  [-0.7219194502859654, 4.0, 0.2551454423746986],
  [-0.32126105063992433, 3391.9512642174177, 0.3740161817742998],
  [-0.10744628789795856, 1738.0, 0.4572236679616062],
  [-0.05548266219683615, 52.0, 0.47798328697928616],
  [-0.026989077571063873, 74.0, 0.48927054884192356],
] as const;
const BINOMIAL = [
  [0, 300, 0.5, 4.909093465297727e-91, 1.0],
  [0, 5000, 0.03, 7.222230271385568e-67, 1.0],
  [39, 40, 0.1, 1.0, 1.0000000000000022e-40],
  [226, 300, 0.5, 1.0, 7.622908742707726e-20],
  [2780, 5000, 0.5, 0.999999999999999, 9.950053553423923e-16],
  [0, 40, 0.5, 9.094947017729282e-13, 0.9999999999990905],
  [3867, 5000, 0.8, 1.9654709588164156e-6, 0.9999980345290412],
  [3901, 5000, 0.8, 0.00028554767599166736, 0.9997144523240084],
  [0, 40, 0.0001, 0.9960077901291324, 0.003992209870867576],
  [4, 5, 0.5, 0.96875, 0.03125],
  [39, 40, 0.999, 0.03922978926418822, 0.9607702107358118],
  [0, 40, 0.03, 0.2957122873991328, 0.7042877126008672],
] as const;
const POISSON = [
  [413, 150, 1.0, 4.0195356565453584e-70],
  [2622, 2000, 1.0, 1.48876333394417e-40],
  [28, 3, 1.0, 4.292211973758192e-19],
  [13, 0.5, 0.9999999999999996, 4.392539881550786e-16],
  [2301, 2000, 0.999999999977382, 2.261801122006266e-11],
  [218, 150, 0.999999921914134, 7.808586602668162e-8],
  [10, 3, 0.9997076630493527, 0.00029233695064733654],
  [0, 0.01, 0.9900498337491681, 0.009950166250831947],
  [2, 0.5, 0.9856123220330293, 0.014387677966970687],
  [17, 12.7, 0.9061948085885719, 0.09380519141142803],
] as const;

describe("tails to 1e-12 of themselves", () => {
  it.each(NORMAL_TAILS)("P(Z > %d) is %d", (x, golden) => {
    expect(relative(normalSurvival(x), golden)).toBeLessThan(1e-14);
    expect(relative(normalCdf(-x), golden)).toBeLessThan(1e-14);
    expect(Math.abs(normalLogSurvival(x) - Math.log(golden))).toBeLessThan(1e-13 * Math.max(1, -Math.log(golden)));
  });

  it.each(NORMAL_QUANTILES)("a standard normal number lies with probability %d below %d", (p, golden) => {
    expect(relative(normalQuantile(p), golden)).toBeLessThan(1e-14);
  });

  it.each(BETA)("the beta distribution at %d with %d and %d has %d below and %d above", (x, a, b, below, above) => {
    expect(relative(betaCdf(x, { a, b }), below)).toBeLessThan(1e-12);
    expect(relative(betaSurvival(x, { a, b }), above)).toBeLessThan(1e-12);
  });

  it.each(GAMMA)("the gamma distribution at %d of shape %d has %d below and %d above", (x, shape, below, above) => {
    expect(relative(gammaCdf(x, shape), below)).toBeLessThan(1e-12);
    expect(relative(gammaSurvival(x, shape), above)).toBeLessThan(1e-12);
  });

  it.each(STUDENT)("P(T <= %d) with %d degrees of freedom is %d", (t, df, golden) => {
    expect(relative(studentTCdf(t, df), golden)).toBeLessThan(1e-12);
    expect(relative(studentTQuantile(golden, df), t)).toBeLessThan(1e-11);
  });

  it.each(BINOMIAL)("%d or fewer successes of %d with chance %d have %d, more have %d", (k, n, p, below, above) => {
    expect(relative(binomialCdf(k, { n, p }), below)).toBeLessThan(1e-12);
    expect(relative(binomialSurvival(k, { n, p }), above)).toBeLessThan(1e-12);
  });

  it.each(POISSON)("a count of %d or fewer at a mean of %d has %d, a greater one %d", (k, mean, below, above) => {
    expect(relative(poissonCdf(k, mean), below)).toBeLessThan(1e-12);
    expect(relative(poissonSurvival(k, mean), above)).toBeLessThan(1e-12);
  });

  it("go on as a logarithm where the chance is too small for a number", () => {
    expect(relative(normalLogSurvival(1000), -500007.8266948104)).toBeLessThan(1e-13);
  });
});

describe("a quantile", () => {
  const shape = fc.double({ min: 0.2, max: 3000, noNaN: true });
  const chance = fc.oneof(
    fc.double({ min: 1e-3, max: 0.999, noNaN: true }),
    fc.integer({ min: 3, max: 280 }).map((digits) => 10 ** -digits),
  );

  it("of the beta distribution is where the distribution says", () => {
    fc.assert(
      fc.property(chance, shape, shape, (p, a, b) => {
        const [x, upper] = [betaQuantile(p, { a, b }), betaUpperQuantile(p, { a, b })];
        if (x > 1e-290 && x < 0.9) expect(relative(betaCdf(x, { a, b }), p)).toBeLessThan(1e-10);
        if (upper > 1e-290 && upper < 0.9) expect(relative(betaSurvival(upper, { a, b }), p)).toBeLessThan(1e-10);
      }),
      RUNS,
    );
  });

  it("of the gamma distribution is where the distribution says", () => {
    fc.assert(
      fc.property(chance, shape, (p, a) => {
        const [x, upper] = [gammaQuantile(p, a), gammaUpperQuantile(p, a)];
        if (x > 1e-290) expect(relative(gammaCdf(x, a), p)).toBeLessThan(1e-10);
        if (upper > 1e-290) expect(relative(gammaSurvival(upper, a), p)).toBeLessThan(1e-10);
      }),
      RUNS,
    );
  });

  it("of certainty is the end of the distribution, and of no probability there is none", () => {
    const shapes = { a: 2, b: 3 };
    expect([betaQuantile(0, shapes), betaQuantile(1, shapes), betaUpperQuantile(0, shapes)]).toEqual([0, 1, 1]);
    expect([gammaQuantile(0, 2), gammaQuantile(1, 2), gammaUpperQuantile(0, 2)]).toEqual([0, Infinity, Infinity]);
    expect([normalQuantile(0), normalQuantile(1), studentTQuantile(0, 3), studentTQuantile(0.5, 3)]).toEqual([
      -Infinity,
      Infinity,
      -Infinity,
      0,
    ]);
    for (const wrong of [
      () => betaQuantile(1.1, shapes),
      () => gammaQuantile(-1, 2),
      () => normalQuantile(Number.NaN),
      () => studentTQuantile(2, 3),
    ])
      expect(wrong).toThrow(RangeError);
  });
});

describe("the two sides of a point", () => {
  it("make 1 together, and the lower one rises", () => {
    const positive = fc.double({ min: 0.05, max: 500, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(positive, positive, share, share, (a, b, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(betaCdf(low, { a, b }) + betaSurvival(low, { a, b })).toBeCloseTo(1, 12);
        expect(gammaCdf(low * 1000, a) + gammaSurvival(low * 1000, a)).toBeCloseTo(1, 12);
        expect(betaCdf(low, { a, b })).toBeLessThanOrEqual(betaCdf(high, { a, b }) * (1 + 1e-12));
        expect(gammaCdf(low * 1000, a)).toBeLessThanOrEqual(gammaCdf(high * 1000, a) * (1 + 1e-12));
      }),
      RUNS,
    );
  });

  it("of the beta-binomial distribution keep their digits above as below", () => {
    const even = { n: 50, a: 1, b: 1 };
    expect(betaBinomialSurvival(19, even)).toBeCloseTo(31 / 51, 13);
    expect(betaBinomialCdf(19, even) + betaBinomialSurvival(19, even)).toBeCloseTo(1, 13);
    expect(relative(betaBinomialSurvival(99, { n: 100, a: 2, b: 300 }), 3.381707319611197e-95)).toBeLessThan(1e-12);
  });

  it("are certain outside what can be counted", () => {
    expect([binomialCdf(-1, { n: 3, p: 0.5 }), binomialCdf(3, { n: 3, p: 0.5 }), binomialSurvival(3, { n: 3, p: 0.5 })]).toEqual([0, 1, 0]);
    expect([poissonCdf(-1, 2), poissonCdf(0, 0), poissonSurvival(0, 0), gammaCdf(Infinity, 2)]).toEqual([0, 1, 0, 1]);
    for (const wrong of [
      () => binomialCdf(1, { n: 1.5, p: 0.5 }),
      () => binomialCdf(1, { n: 2, p: 2 }),
      () => poissonCdf(1, -1),
      () => gammaCdf(1, 0),
      () => gammaCdf(-1, 1),
      () => betaCdf(2, { a: 1, b: 1 }),
    ])
      expect(wrong).toThrow(RangeError);
  });
});
