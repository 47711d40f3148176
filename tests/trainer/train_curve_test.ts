// A run of 24 steps against PyTorch 2.6 with Transformers 4.57 (tests/fixtures/train_curve.json): loss, rate and gradient norm of every
// step, and the predictions before and after.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type DataLoader, SequentialSampler } from "../../lib/data/mod.ts";
import { AutoModelForSequenceClassification, type Batch } from "../../lib/models/mod.ts";
import { Trainer, TrainingArguments } from "../../lib/trainer/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson } from "../golden.ts";

interface Curve {
  steps: { step: number; lr: number; loss: number; grad_norm: number; eval_loss?: number }[];
  initial_eval_loss: number;
  initial_eval_logits: number[][];
  final_eval_loss: number;
  final_eval_logits: number[][];
  train: { input_ids: number[]; label: number }[];
  eval: { input_ids: number[]; label: number }[];
}

const curve = goldenJson<Curve>("train_curve.json");
const folder = fileURLToPath(new URL("../fixtures/models/bert", import.meta.url));

/** The fixture's rows come in their order. */
class InOrder extends Trainer {
  override getTrainDataloader(): DataLoader<Batch> {
    return this.loaderOf(curve.train, new SequentialSampler(curve.train.length), 8, "trainDataset");
  }
}

/** Padding on the right with zeros, all segments 0; labels keep the name they have in the rows. */
function pad(rows: Curve["train"]) {
  const longest = Math.max(...rows.map((row) => row.input_ids.length));
  const fill = (ids: number[]) => [...ids, ...Array<number>(longest - ids.length).fill(0)];
  return {
    input_ids: rows.map((row) => fill(row.input_ids)),
    attention_mask: rows.map((row) => fill(row.input_ids.map(() => 1))),
    label: rows.map((row) => row.label),
  };
}

const close = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(
    device,
    "Trainer takes the steps that PyTorch takes when the run is that of train_curve.json",
    async () => {
      const args = new TrainingArguments({
        outputDir: "/nowhere",
        saveStrategy: "no",
        learningRate: 2e-3,
        warmupSteps: 3,
        weightDecay: 0.01,
        loggingSteps: 1,
        evalStrategy: "epoch",
        perDeviceEvalBatchSize: 5,
      });
      const model = await AutoModelForSequenceClassification.fromPretrained(folder);
      const trainer = new InOrder({
        model,
        args,
        trainDataset: curve.train,
        evalDataset: curve.eval,
        dataCollator: pad,
      });
      const compare = async (logits: number[][], loss: number, when: string) => {
        const { predictions, labelIds, metrics } = await trainer.predict(curve.eval);
        assert.deepEqual([predictions.shape, labelIds?.shape], [[16, 2], [16]]);
        assert.deepEqual([...labelIds?.data ?? []], curve.eval.map((row) => row.label));
        logits.flat().forEach((logit, i) => close(predictions.data[i], logit, 1e-3, `logit ${i} ${when}`));
        close(metrics.testLoss, loss, 1e-4, `loss ${when}`);
      };

      await compare(curve.initial_eval_logits, curve.initial_eval_loss, "before");
      const output = await trainer.train();
      await compare(curve.final_eval_logits, curve.final_eval_loss, "after");

      const logged = trainer.state.logHistory.filter((entry) => "loss" in entry);
      assert.equal(logged.length, curve.steps.length);
      for (const [i, { step, lr, loss, grad_norm }] of curve.steps.entries()) {
        assert.equal(logged[i].step, step);
        close(logged[i].loss, loss, 1e-4, `loss of step ${step}`);
        close(logged[i].learningRate, lr, 1e-12, `rate of step ${step}`);
        close(logged[i].gradNorm, grad_norm, 1e-4 * Math.max(1, grad_norm), `gradient norm of step ${step}`);
      }
      const evaluated = trainer.state.logHistory.filter((entry) => "evalLoss" in entry).map((entry) => entry.evalLoss);
      const expected = curve.steps.flatMap((step) => step.eval_loss ?? []);
      expected.forEach((loss, i) => close(evaluated[i], loss, 1e-4, `evaluation ${i}`));
      assert.deepEqual([output.globalStep, evaluated.length, output.interrupted], [24, 3, false]);
      const mean = curve.steps.reduce((sum, step) => sum + step.loss, 0) / 24;
      close(output.trainingLoss, mean, 1e-4, "mean training loss");
    },
  );
}
