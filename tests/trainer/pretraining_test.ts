// Trainer on the models of pretraining: masked LMs, whose training makes logits for labelled tokens only, and BERT's two tasks.

import assert from "node:assert/strict";
import { Dataset } from "../../lib/data/mod.ts";
import { AutoModelForMaskedLM, AutoModelForPreTraining } from "../../lib/models/mod.ts";
import { AdamW } from "../../lib/optim/mod.ts";
import { scope, setSeed } from "../../lib/tensor/mod.ts";
import { Trainer, TrainingArguments } from "../../lib/trainer/mod.ts";
import { deviceTest } from "../devices.ts";
import { assertClose } from "../test_op.ts";
import { config } from "./tiny.ts";

const plain = { ...config, hidden_dropout_prob: 0, attention_probs_dropout_prob: 0 };

/** Six tokens, of which two are to be guessed, and two of padding; the other task's answer is whether the row's number is odd. */
const rows = Array.from({ length: 8 }, (_, i) => {
  const input_ids = Array.from({ length: 8 }, (_, j) => j < 6 ? 5 + (i * 31 + j * 17) % 90 : 0);
  return {
    input_ids,
    attention_mask: input_ids.map((id) => Number(id !== 0)),
    labels: input_ids.map((id, j) => j === 1 || j === i % 6 ? id : -100),
    next_sentence_label: i % 2,
  };
});

const argsOf = (changes: Record<string, unknown> = {}) =>
  new TrainingArguments({
    outputDir: "/nowhere",
    saveStrategy: "no",
    learningRate: 1e-2,
    lrSchedulerType: "constant",
    maxGradNorm: 0,
    numTrainEpochs: 3,
    perDeviceTrainBatchSize: 8,
    ...changes,
  });

deviceTest(
  "cpu",
  "train() of a masked LM takes the steps of forward()'s loss, and evaluate() gives its logits",
  async () => {
    const load = () => (setSeed(5), AutoModelForMaskedLM.fromConfig(plain));
    const model = await load();
    const trainer = new Trainer({
      model,
      args: argsOf(),
      trainDataset: Dataset.fromList(rows),
      evalDataset: Dataset.fromList(rows),
    });
    await trainer.train();

    const byHand = await load();
    const optimizer = new AdamW(byHand.parameters(), { lr: 1e-2, weightDecay: 0 });
    const column = (name: keyof typeof rows[number]) => rows.map((row) => row[name]);
    const batch = {
      input_ids: column("input_ids"),
      attention_mask: column("attention_mask"),
      labels: column("labels"),
    };
    for (let step = 0; step < 3; step++) {
      scope(() => {
        byHand.forward(batch).loss!.backward();
        optimizer.step();
        optimizer.zeroGrad();
      });
    }
    const expected = new Map(byHand.namedParameters());
    for (const [name, parameter] of model.namedParameters()) {
      if (name.endsWith("key.bias")) continue; // its gradient is rounding noise, which Adam turns into steps
      assertClose(await parameter.data(), await expected.get(name)!.data(), 1e-4, `${name} after 3 steps`);
    }
    const { predictions } = await trainer.predict(Dataset.fromList(rows));
    assert.deepEqual(predictions.shape, [8, 8, 100]);
  },
);

deviceTest("cpu", "train() of a masked LM leaves the classes of its texts alone, hidden ones too", async () => {
  const model = await AutoModelForMaskedLM.fromConfig(plain);
  const texts = rows.map(({ labels, ...row }, i) => ({ ...row, label: i === 0 ? -1 : 7 + labels.length }));
  const sets = { trainDataset: Dataset.fromList(texts), evalDataset: Dataset.fromList(texts) };
  const dataCollator = (picked: typeof texts) => ({
    input_ids: picked.map(({ input_ids }) => input_ids),
    labels: picked.map(({ input_ids }) => input_ids),
  });
  const trainer = new Trainer({
    model,
    args: argsOf({ numTrainEpochs: 1, evalStrategy: "epoch" }),
    ...sets,
    dataCollator,
  });
  const { globalStep, trainingLoss } = await trainer.train();
  assert.equal(globalStep, 1);
  assert.ok(Number.isFinite(trainingLoss));
});

deviceTest("cpu", "train() takes BERT's two tasks at once, and refuses label smoothing for them", async () => {
  setSeed(5);
  const model = await AutoModelForPreTraining.fromConfig(plain);
  const [trainDataset, evalDataset] = [Dataset.fromList(rows), Dataset.fromList(rows)];
  const trainer = new Trainer({ model, args: argsOf({ numTrainEpochs: 30 }), trainDataset, evalDataset });
  const before = await trainer.evaluate();
  await trainer.train();
  const after = await trainer.evaluate();
  assert.ok(after.evalLoss < 0.5 * before.evalLoss, `loss ${before.evalLoss} before, ${after.evalLoss} after`);
  const smoothed = new Trainer({ model, args: argsOf({ labelSmoothingFactor: 0.1 }), trainDataset });
  await assert.rejects(
    smoothed.train(),
    /BertForPreTraining has two kinds of labels; labelSmoothingFactor and computeLossFunc/,
  );
});
