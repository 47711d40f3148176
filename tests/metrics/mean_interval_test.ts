import assert from "node:assert/strict";
import { meanInterval } from "../../lib/metrics/mod.ts";
import { assertClose } from "./fixture.ts";

// scipy 1.17: stats.t.interval(level, n - 1, loc=mean, scale=stats.sem(values)); the last column is stats.sem.
const cases: readonly [values: number[], level: number, mean: number, low: number, high: number, error: number][] = [
  [[0.61, 0.64, 0.60], 0.95, 0.6166666666666667, 0.564955216541244, 0.6683781167920894, 0.012018504251546642],
  [[0.3, 0.304], 0.95, 0.302, 0.2765875905276506, 0.3274124094723494, 0.0020000000000000018],
  [[0.855, 0.861, 0.842, 0.87, 0.866], 0.9, 0.8588, 0.8483691893389972, 0.8692308106610026, 0.004892851929090032],
  [[-2.5, 1, 4, 0.25, 3, 3, 7.5], 0.99, 2.3214285714285716, -2.103856812211609, 6.746713955068753, 1.1936267833620289],
  [[0.300, 0.304, 0.271], 0.5, 0.2916666666666667, 0.2831770215578253, 0.30015631177550806, 0.01039764930698814],
];

for (const [values, confidenceLevel, mean, low, high, standardError] of cases) {
  Deno.test(`meanInterval() gives scipy's interval when there are ${values.length} values and the level is ${confidenceLevel}`, () => {
    const found = meanInterval(values, { confidenceLevel });
    for (const [name, expected] of Object.entries({ mean, low, high, standardError })) {
      assertClose(Reflect.get(found, name), expected, name);
    }
  });
}

Deno.test("meanInterval() gives scipy's interval when there are many values", () => {
  const values = Array.from({ length: 40 }, (_, i) => i ** 1.5 % 7);
  const { mean, low, high } = meanInterval(values);
  assertClose([mean, low, high], [3.5497346220150563, 2.8610256101646283, 4.238443633865484], "mean, low, high");
});

Deno.test("meanInterval() refuses what says nothing about scatter", () => {
  assert.throws(() => meanInterval([0.5]), { message: "meanInterval: there are 1 values; give at least two." });
  assert.throws(() => meanInterval([0.5, NaN]), {
    message: "meanInterval: value 1 is NaN; leave out runs that failed.",
  });
  assert.throws(
    () => meanInterval([1, 2], { confidenceLevel: 1 }),
    /confidenceLevel is 1; it must lie between 0 and 1/,
  );
});
