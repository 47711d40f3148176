// Baselines, class weights, intervals and McNemar's test against scipy and scikit-learn (tests/fixtures/comparison.json).

import assert from "node:assert/strict";
import {
  accuracyScore,
  bootstrapInterval,
  computeClassWeight,
  majorityBaseline,
  matthewsCorrcoef,
  mcnemar,
  randomBaseline,
} from "../../lib/metrics/mod.ts";
import fixture from "../fixtures/comparison.json" with { type: "json" };
import { assertClose } from "./fixture.ts";

const digits = (column: string) => Array.from(column, Number);
const near = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);

for (const { name, table, ...row } of fixture.mcnemar) {
  Deno.test(`mcnemar() gives scipy's numbers when the models are ${name}`, () => {
    const columns = [row.y_true, row.first, row.second].map(digits);
    const test = (options = {}) => mcnemar(columns[0], columns[1], columns[2], options);
    assert.deepEqual(test().table, table);
    const relative = ({ statistic, pvalue }: { statistic: number; pvalue: number }, expected: number[]) => {
      assertClose(statistic, expected[0], "statistic");
      assertClose(pvalue / expected[1], 1, "p-value over scipy's"); // small ones count too
    };
    relative(test(), [row.exact_statistic, row.exact_pvalue]);
    relative(test({ exact: false }), row.corrected);
    relative(test({ exact: false, correction: false }), row.uncorrected);
  });
}

Deno.test("mcnemar() finds no difference when both models say the same", () => {
  assert.deepEqual(mcnemar([0, 1, 1], [0, 1, 0], [0, 1, 0]), { table: [[2, 0], [0, 1]], statistic: 0, pvalue: 1 });
  assert.equal(mcnemar([0, 1, 1], [0, 1, 0], [0, 1, 0], { exact: false }).pvalue, 1);
  assert.throws(() => mcnemar([0, 1], [0, 1], [0]), /mcnemar: yTrue has 2 rows and yPred 1/);
});

Deno.test("bootstrapInterval() gives scipy's interval when rows are drawn with their predictions", () => {
  const { y_true, y_pred, matthews, low, high, standard_error } = fixture.bootstrap;
  const drawn = bootstrapInterval(matthewsCorrcoef, digits(y_true), digits(y_pred));
  assertClose(drawn.score, matthews, "score");
  // both are estimates: quantiles of 10,000 draws scatter by about 0.001 here
  near(drawn.low, low, 0.005, "low");
  near(drawn.high, high, 0.005, "high");
  near(drawn.standardError, standard_error, 0.001, "standard error");
});

Deno.test("bootstrapInterval() gives the binomial distribution's quantiles when the score is accuracy", () => {
  for (const { rows, right, level, low, high, standard_error } of fixture.bootstrap.binomial) {
    const truth = Array<number>(rows).fill(1);
    const predicted = truth.map((_, i) => Number(i < right));
    const drawn = bootstrapInterval(accuracyScore, truth, predicted, { confidenceLevel: level, seed: 3 });
    near(drawn.low, low, 1e-9, `low of ${right} in ${rows}`);
    near(drawn.high, high, 1e-9, `high of ${right} in ${rows}`);
    near(drawn.standardError, standard_error, 0.001, `standard error of ${right} in ${rows}`);
  }
});

Deno.test("bootstrapInterval() gives the same interval when the seed is the same, another with another", () => {
  const [truth, predicted] = [digits("0110100110"), digits("0100110110")];
  const low = (seed: number) => bootstrapInterval(matthewsCorrcoef, truth, predicted, { nResamples: 50, seed }).low;
  assert.equal(low(1), low(1));
  assert.notEqual(low(1), low(2));
  const options = (given: object) => () => bootstrapInterval(accuracyScore, truth, predicted, given);
  assert.throws(options({ nResamples: 0 }), /nResamples is 0; it must be a whole number from 1/);
  assert.throws(options({ confidenceLevel: 95 }), /confidenceLevel is 95; it must lie between 0 and 1/);
  assert.throws(() => bootstrapInterval(accuracyScore, [1], [1, 0]), /yTrue has 1 rows and yPred 2/);
});

Deno.test("computeClassWeight() and majorityBaseline() give scikit-learn's values when classes differ in size", () => {
  for (const { labels, weights, majority } of fixture.class_weight) {
    computeClassWeight(labels).forEach((weight, i) => assertClose(weight, weights[i], `weight ${i} of ${labels}`));
    assert.deepEqual(majorityBaseline(labels, 2), [majority, majority]);
  }
  assert.throws(() => majorityBaseline([], 3), /majorityBaseline: no labels given/);
});

Deno.test("randomBaseline() draws each class as often as the strategy says when rows are many", () => {
  const yTrain = [0, 0, 0, 1], rows = 20_000;
  const share = (strategy: "stratified" | "uniform", seed = 0) =>
    randomBaseline(yTrain, rows, { strategy, seed }).filter((label) => label === 1).length / rows;
  near(share("stratified"), 0.25, 5 * Math.sqrt(0.25 * 0.75 / rows), "stratified");
  near(share("uniform"), 0.5, 5 * Math.sqrt(0.25 / rows), "uniform");
  assert.equal(share("uniform"), share("uniform"));
  assert.notEqual(share("uniform"), share("uniform", 1));
  assert.throws(() => Reflect.apply(randomBaseline, null, [yTrain, 1, { strategy: "prior" }]), /"prior" is unknown/);
});
