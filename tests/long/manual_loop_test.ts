// The Amazon text's loop by hand, without a Trainer: raw texts tokenized batch by batch, AdamW under a linear schedule, validation every few
// batches without gradients and without dropout, early stop with patience. It must learn what stars a review gave.

import assert from "node:assert/strict";
import { noGrad } from "../../lib/autograd/mod.ts";
import { DataLoader, type Dataset, loadDataset } from "../../lib/data/mod.ts";
import { accuracyScore, argmax, majorityBaseline, spearmanr } from "../../lib/metrics/mod.ts";
import { AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { textScreen } from "../../lib/notebook/display.ts";
import { progress } from "../../lib/notebook/mod.ts";
import { AdamW, getScheduler } from "../../lib/optim/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { AutoTokenizer } from "../../lib/tokenizers/mod.ts";
import { onDevice } from "../devices.ts";
import { sharedPath, sharedTest } from "../shared.ts";

const csv = sharedPath("hub/repos/datasets/attend-course/amazon-reviews-csv");
const checkpoint = sharedPath("hub/repos/models/sentence-transformers/all-MiniLM-L6-v2");
const [EPOCHS, EVERY, PATIENCE] = [8, 25, 2];

async function reviewsByHand(): Promise<void> {
  setSeed(0);
  const raw = await loadDataset("csv", { dataFiles: { train: `${csv}/train.csv`, validation: `${csv}/val.csv` } });
  const tokenizer = await AutoTokenizer.fromPretrained(checkpoint);
  const model = await AutoModelForSequenceClassification.fromPretrained(checkpoint, { numLabels: 5 });
  model.freeze("bert.embeddings").freeze(/layer\.[0-2]\./);

  const collateFn = (rows: readonly Record<string, unknown>[]) => ({ // texts stay texts until their batch comes
    ...tokenizer(rows.map((row) => String(row.review_body)), { padding: true, truncation: true, maxLength: 32 }),
    labels: rows.map((row) => Number(row.stars) - 1), // 1 to 5 stars are the classes 0 to 4
  });
  const first = (set: Dataset, rows: number) => set.select(Array.from({ length: rows }, (_, i) => i));
  const loader = new DataLoader({ dataset: first(raw.train, 300), batchSize: 8, shuffle: true, collateFn });
  const validation = new DataLoader({ dataset: raw.validation, batchSize: 32, collateFn });

  const optimizer = new AdamW(model.parameters(), { lr: 1e-4 });
  const numTrainingSteps = EPOCHS * loader.length;
  const scheduler = getScheduler("linear", { optimizer, numWarmupSteps: 0, numTrainingSteps });

  async function validate() {
    const labels: number[] = [], predicted: number[] = [];
    let sum = 0;
    model.eval();
    for await (const batch of validation) {
      const { loss, logits } = noGrad(() => model.forward(batch));
      sum += await loss!.item() * batch.labels.length;
      labels.push(...batch.labels);
      predicted.push(...argmax({ data: await logits.data(), shape: logits.shape }));
    }
    model.train();
    return { loss: sum / labels.length, labels, predicted };
  }

  const shown: string[] = [];
  const bar = progress({ label: "Training", total: numTrainingSteps }, {
    screen: textScreen((text) => shown.push(text)),
  });
  let step = 0, worse = 0, best = await validate(); // close to ln 5, as nothing is learned yet
  const untrained = best.loss, curve: number[] = [];
  model.train();
  training: for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for await (const batch of loader) {
      model.forward(batch).loss!.backward();
      optimizer.step();
      scheduler.step();
      optimizer.zeroGrad();
      bar.update(++step);
      if (step % EVERY !== 0) continue;
      const now = await validate();
      curve.push(now.loss);
      worse = now.loss < best.loss ? 0 : worse + 1;
      if (worse === 0) best = now;
      if (worse === PATIENCE) break training; // inside an epoch
    }
  }
  await bar.done();

  const { labels, predicted, loss } = best;
  const majority = accuracyScore(
    labels,
    majorityBaseline(raw.train.column("stars").map((s) => Number(s) - 1), labels.length),
  );
  const accuracy = accuracyScore(labels, predicted), correlation = spearmanr(labels, predicted);
  const told =
    `accuracy ${accuracy} (majority ${majority}), Spearman ${correlation}, losses ${untrained}, ${curve}, steps ${step}`;
  assert.ok(loss < untrained - 0.05, told);
  assert.ok(worse === PATIENCE && step < numTrainingSteps, `it stopped early: ${told}`);
  assert.ok(accuracy > majority + 0.08, told);
  assert.ok(correlation > 0.3, told);
  assert.match(shown.at(-1) ?? "", new RegExp(`Training ${step}/${numTrainingSteps}`));
}

sharedTest(
  "a loop by hand learns the stars of Amazon's reviews when it has 300 of them",
  () => onDevice("cpu", reviewsByHand),
);
