// Classification metrics against scikit-learn 1.9.1 (tests/fixtures/metrics.json).

import assert from "node:assert/strict";
import {
  accuracyScore,
  balancedAccuracyScore,
  classificationReport,
  cohenKappaScore,
  confusionMatrix,
  f1Score,
  matthewsCorrcoef,
  precisionRecallFscoreSupport,
  precisionScore,
  recallScore,
} from "../../lib/metrics/mod.ts";
import { assertSame, fixture } from "./fixture.ts";

const averages = ["macro", "micro", "weighted"] as const;
const scores = { precision: precisionScore, recall: recallScore, f1: f1Score };

for (const { name, y_true, y_pred, labels, target_names, expected } of fixture.classification) {
  Deno.test(`classification metrics give scikit-learn's numbers when the case is ${name}`, () => {
    const given = labels ?? undefined, targetNames = target_names ?? undefined;
    const check = (key: string, compute: () => unknown) => assertSame(compute, expected[key], `${name}: ${key}`);
    check("accuracy", () => accuracyScore(y_true, y_pred));
    check("balanced_accuracy", () => balancedAccuracyScore(y_true, y_pred));
    check("matthews", () => matthewsCorrcoef(y_true, y_pred));
    check("cohen_kappa", () => cohenKappaScore(y_true, y_pred));
    check("confusion_matrix", () => confusionMatrix(y_true, y_pred, { labels: given }));
    check("per_class", () => precisionRecallFscoreSupport(y_true, y_pred, { labels: given }));
    for (const average of averages) {
      for (const [metric, score] of Object.entries(scores)) {
        check(`${metric}_${average}`, () => score(y_true, y_pred, { average, labels: given }));
      }
    }
    for (const zeroDivision of [0, 1, NaN]) {
      check(
        `f1_macro_zero_division_${String(zeroDivision).toLowerCase()}`,
        () => f1Score(y_true, y_pred, { average: "macro", labels: given, zeroDivision }),
      );
    }
    if (expected.pos_label !== undefined) {
      const posLabel = expected.pos_label;
      for (const [metric, score] of Object.entries(scores)) {
        check(`${metric}_binary`, () => score(y_true, y_pred, { posLabel }));
      }
    }
    for (const digits of [2, 4]) {
      check(
        `report_text_${digits}`,
        () => classificationReport(y_true, y_pred, { labels: given, targetNames, digits }),
      );
    }
    check("report_dict", () => classificationReport(y_true, y_pred, { labels: given, targetNames, outputDict: true }));
  });
}

Deno.test("classificationReport() rounds ties to the even digit when a score lies halfway", () => {
  // 5 of 8 is 0.625, which Python prints as 0.62 and toFixed as 0.63.
  const report = classificationReport([1, 1, 1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1, 1]);
  assert.match(report, /^ +1 +0\.62 +1\.00 +0\.77 +5$/m);
});

Deno.test("metrics take typed arrays, bigints, booleans and shaped arrays when they come from a dataset or a trainer", () => {
  const truth = { data: Int32Array.of(1, 0, 1), shape: [3] };
  assert.equal(accuracyScore(truth, Float32Array.of(1, 0, 0)), 2 / 3);
  assert.equal(accuracyScore(truth, BigInt64Array.of(1n, 0n, 1n)), 1);
  assert.equal(f1Score(truth, [true, false, false]), 2 / 3);
});

Deno.test("metrics name what is wrong when input cannot be scored", () => {
  assert.throws(
    () => accuracyScore([1, 0], [1]),
    /accuracyScore: yTrue has 2 rows and yPred 1; both need the same number/,
  );
  assert.throws(() => matthewsCorrcoef([], []), /no rows given/);
  assert.throws(() => accuracyScore(["a"], [1]), /yTrue holds strings and yPred numbers/);
  assert.throws(() => accuracyScore(["a", 1], ["a", "b"]), /labels mix strings and numbers/);
  assert.throws(() => f1Score([0, 1, 2], [0, 1, 2]), /3 classes occur but average is "binary"/);
  assert.throws(() => f1Score([3, 4], [3, 4]), /posLabel 1 does not occur; the classes are 3 and 4/);
  assert.throws(() => f1Score([0, 1], [0, 1], { zeroDivision: 2 }), /zeroDivision 2 is not possible/);
  assert.throws(() => confusionMatrix([0, 1], [0, 1], { labels: [5] }), /none of the labels \[5\] occurs in yTrue/);
  assert.throws(() => confusionMatrix([0, 1], [0, 1], { labels: [1, 1] }), /name a class twice/);
  assert.throws(() => classificationReport([0, 1], [0, 1], { targetNames: ["a"] }), /1 targetNames for 2 classes/);
});
