// Metrics of scores and numbers, and metrics by name, against scikit-learn 1.9.1 and scipy 1.17.1 (tests/fixtures/metrics.json).

import assert from "node:assert/strict";
import {
  argmax,
  averagePrecisionScore,
  combine,
  loadMetric,
  logLoss,
  meanAbsoluteError,
  meanSquaredError,
  pearsonr,
  perplexity,
  r2Score,
  rocAucScore,
  spearmanr,
  topKAccuracyScore,
} from "../../lib/metrics/mod.ts";
import { assertClose, assertSame, fixture } from "./fixture.ts";

for (const row of fixture.regression) {
  Deno.test(`correlations and errors give scipy's numbers when the case is ${row.name}`, () => {
    assertSame(() => pearsonr(row.x, row.y), row.pearson, "pearson");
    assertSame(() => spearmanr(row.x, row.y), row.spearman, "spearman");
    assertSame(() => meanSquaredError(row.x, row.y), row.mse, "mse");
    assertSame(() => meanAbsoluteError(row.x, row.y), row.mae, "mae");
    assertSame(() => r2Score(row.x, row.y), row.r2, "r2");
  });
}

for (const row of fixture.top_k) {
  Deno.test(`topKAccuracyScore() gives scikit-learn's number when the case is ${row.name}`, () => {
    const { y_true, scores, k, labels } = row;
    assertSame(() => topKAccuracyScore(y_true, scores, { k, labels }), row.expected, row.name);
    const shaped = { data: Float64Array.from(scores.flat()), shape: [scores.length, labels.length] };
    assertSame(() => topKAccuracyScore(y_true, shaped, { k, labels }), row.expected, row.name);
  });
}

Deno.test("topKAccuracyScore() ranks the higher column first when scores tie", () => {
  const labels = [0, 1, 2], scores = [[.3, .3, .3]];
  assert.deepEqual(labels.map((y) => topKAccuracyScore([y], scores, { k: 1, labels })), [0, 0, 1]);
  assert.deepEqual(labels.map((y) => topKAccuracyScore([y], scores, { k: 2, labels })), [0, 1, 1]);
});

for (const row of fixture.roc_auc_binary) {
  Deno.test(`rocAucScore() and averagePrecisionScore() give scikit-learn's numbers when the case is ${row.name}`, () => {
    assertSame(() => rocAucScore(row.y_true, row.scores), row.roc_auc, "roc_auc");
    assertSame(() => averagePrecisionScore(row.y_true, row.scores), row.average_precision, "average_precision");
  });
}

Deno.test("rocAucScore() and logLoss() give scikit-learn's numbers when there are three classes", () => {
  const { y_true, probabilities, ...expected } = fixture.roc_auc_multiclass;
  for (const multiClass of ["ovr", "ovo"] as const) {
    for (const average of ["macro", "weighted"] as const) {
      const key = `${multiClass}_${average}`;
      assertSame(() => rocAucScore(y_true, probabilities, { multiClass, average }), expected[key], key);
    }
  }
  assertSame(() => logLoss(y_true, probabilities), expected.log_loss, "log_loss");
  assert.throws(() => rocAucScore(y_true, probabilities), /set multiClass to "ovr" or "ovo"/);
  const logits = probabilities.map((row) => row.map(Math.log));
  assert.throws(() => logLoss(y_true, logits), /row 0 of the scores sums to .*expected probabilities/);
});

Deno.test("perplexity() is exp of the loss when batches differ in tokens too", () => {
  for (const row of fixture.perplexity) assertClose(perplexity(row.loss), row.perplexity, `loss ${row.loss}`);
  const batches = fixture.perplexity_of_batches;
  assertClose(perplexity(batches.mean_loss_per_batch, batches.tokens_per_batch), batches.perplexity, "batches");
});

Deno.test("argmax() takes the first of equal scores when rows come flat or nested", () => {
  assert.deepEqual([...argmax([[0, 1, 1], [3, 2, 3]])], [1, 0]);
  assert.deepEqual([...argmax({ data: Float32Array.of(-1, -2, 5, 6), shape: [2, 2] })], [0, 1]);
  assert.throws(() => argmax({ data: [1, 2], shape: [2] }), /scores have shape \(2\); expected \(rows, classes\)/);
});

Deno.test('loadMetric("glue", "cola") gives the Matthews correlation when rows come at once or in batches', () => {
  for (const { references, predictions, expected } of fixture.glue_cola.cases) {
    const metric = loadMetric("glue", "cola");
    const { matthewsCorrelation } = metric.compute({ predictions, references });
    assertClose(matthewsCorrelation, expected.matthews_correlation, "at once");
    for (let i = 0; i < references.length; i += 3) {
      metric.addBatch({ predictions: predictions.slice(i, i + 3), references: references.slice(i, i + 3) });
    }
    assertClose(metric.compute().matthewsCorrelation, expected.matthews_correlation, "in batches");
    assert.throws(() => metric.compute(), /no rows given/, "rows added once count once");
  }
});

Deno.test("loadMetric() gives the scores that Evaluate's script names when a GLUE task is asked for", () => {
  // the table of tasks in Evaluate's metrics/glue/glue.py
  const keys = {
    ...Object.fromEntries(
      ["sst2", "mnli", "mnli_matched", "mnli_mismatched", "qnli", "rte", "wnli", "hans"].map((
        name,
      ) => [name, ["accuracy"]]),
    ),
    cola: ["matthewsCorrelation"],
    stsb: ["pearson", "spearmanr"],
    mrpc: ["accuracy", "f1"],
    qqp: ["accuracy", "f1"],
  };
  const [row] = fixture.classification.filter((c) => c.name === "binary");
  const { y_true: references, y_pred: predictions, expected } = row;
  const correlation = Number(expected.matthews.value); // Pearson's and Spearman's too where there are two values
  const values: Record<string, unknown> = {
    accuracy: expected.accuracy.value,
    f1: expected.f1_binary.value,
    matthewsCorrelation: correlation,
    pearson: correlation,
    spearmanr: correlation,
  };
  for (const [task, names] of Object.entries(keys)) {
    const scores = loadMetric("glue", task).compute({ predictions, references });
    assert.deepEqual(Object.keys(scores), names, task);
    for (const name of names) assertClose(scores[name], values[name], `${task}: ${name}`);
  }
});

Deno.test("loadMetric() knows Evaluate's names when they are called", () => {
  const { y_true: references, y_pred: predictions, expected } =
    fixture.classification.filter((c) => c.name === "binary")[0];
  const names = { accuracy: "accuracy", f1: "f1_binary", precision: "precision_binary", recall: "recall_binary" };
  for (const [name, key] of Object.entries(names)) {
    assertClose(loadMetric(name).compute({ predictions, references })[name], expected[key].value, name);
  }
  const macro = loadMetric("f1").compute({ predictions, references, average: "macro" });
  assertClose(macro.f1, expected.f1_macro.value, "f1 macro");
  assert.deepEqual(combine(["accuracy", "f1"]).compute({ predictions, references }), {
    accuracy: expected.accuracy.value,
    f1: expected.f1_binary.value,
  });
  assert.throws(() => loadMetric("acuracy"), /unknown name "acuracy"; known are accuracy, f1/);
  assert.throws(() => loadMetric("glue", "mystery"), /unknown glue task "mystery"/);
  assert.throws(() => loadMetric("glue"), /"glue" needs a task/);
  assert.throws(() => loadMetric("accuracy").compute({ predictions }), /give both/);
});
