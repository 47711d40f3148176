// Parts of a model by depth: rates that fall from the head down, and thawing one part after the other.

import assert from "node:assert/strict";
import { join } from "node:path";
import { AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { AdamW } from "../../lib/optim/mod.ts";
import { GradualUnfreezingCallback, layersOf, layerwiseGroups, type TrainerCallback } from "../../lib/trainer/mod.ts";
import { deviceTest } from "../devices.ts";
import { config, inFolder, parametersOf, tinyModel, tinyTrainer } from "./tiny.ts";

const test = (name: string, fn: () => Promise<void>) => deviceTest("cpu", name, fn);

/** What all names of each part begin with. */
const beginnings = (parts: readonly string[][]) =>
  parts.map((names) => {
    const [first] = names;
    const end = Array.from(first, (_, i) => i).find((i) => !names.every((name) => name[i] === first[i]));
    return first.slice(0, end).replace(/\.?[^.]*$/, "");
  });

test("layersOf() lists head, layers and embeddings from the top down whatever the family", async () => {
  const model = (changes: object) => AutoModelForSequenceClassification.fromConfig({ ...config, ...changes });
  const bert = layersOf(await model({ num_hidden_layers: 12 }));
  assert.equal(bert.length, 14);
  assert.deepEqual(bert[0], [
    "bert.pooler.dense.weight",
    "bert.pooler.dense.bias",
    "classifier.weight",
    "classifier.bias",
  ]);
  const layers = Array.from({ length: 12 }, (_, i) => `bert.encoder.layer.${11 - i}`);
  assert.deepEqual(beginnings(bert.slice(1)), [...layers, "bert.embeddings"]);

  const sizes = { dim: 16, n_heads: 2, n_layers: 2, hidden_dim: 32 };
  const distil = layersOf(await model({ model_type: "distilbert", ...sizes }));
  assert.deepEqual(
    distil[0].map((name) => name.split(".")[0]),
    Array(4).fill("").map((_, i) => i < 2 ? "pre_classifier" : "classifier"),
  );
  assert.deepEqual(beginnings(distil.slice(1)), [
    "distilbert.transformer.layer.1",
    "distilbert.transformer.layer.0",
    "distilbert.embeddings",
  ]);
  const electra = layersOf(await model({ model_type: "electra", embedding_size: 8, num_hidden_layers: 2 }));
  assert.deepEqual(beginnings(electra), [
    "classifier",
    "electra.encoder.layer.1",
    "electra.encoder.layer.0",
    "electra",
  ]);
  assert.ok(electra.at(-1)?.every((name) => name.startsWith("electra.embeddings")), "the projection of embeddings too");
  const albert = layersOf(await model({ model_type: "albert", embedding_size: 8 })); // one layer, used again and again
  assert.deepEqual(beginnings(albert.slice(1, 2)), ["albert.encoder.albert_layer_groups.0.albert_layers.0"]);
  assert.ok(albert[2].every((name) => name.includes("embedding")));
  for (const parts of [bert, distil, electra, albert]) assert.equal(new Set(parts.flat()).size, parts.flat().length);
});

test("layerwiseGroups() gives each part the rate of the one above times decay, and biases no decay", async () => {
  const model = await tinyModel({ num_hidden_layers: 2 });
  const groups = layerwiseGroups(model, { lr: 0.01, decay: 0.5, weightDecay: 0.1 });
  assert.deepEqual(groups.map(({ lr, weightDecay }) => [lr, weightDecay]), [
    ...[[0.01, 0.1], [0.01, 0], [0.005, 0.1], [0.005, 0]],
    ...[[0.0025, 0.1], [0.0025, 0], [0.00125, 0.1], [0.00125, 0]],
  ]);
  assert.equal(groups.flatMap(({ params }) => params).length, model.parameters().length);
  assert.throws(() => layerwiseGroups(model, { lr: 1, decay: 2 }), /decay is 2; it must be above 0 and at most 1/);
});

test("train() moves deep layers less when its optimizer has layerwise groups", async () => {
  const model = await tinyModel({ num_hidden_layers: 2 });
  const values = async () => {
    const named: [string, Float32Array][] = [];
    for (const [name, parameter] of model.namedParameters()) {
      named.push([name, Float32Array.from(await parameter.data())]);
    }
    return new Map(named);
  };
  const before = await values();
  const optimizer = new AdamW(layerwiseGroups(model, { lr: 0.01, decay: 0.1 }));
  const trainer = await tinyTrainer({ maxSteps: 1, lrSchedulerType: "constant" }, { model, optimizers: [optimizer] });
  await trainer.train();
  const after = await values();
  const largest = layersOf(model).map((names) =>
    Math.max(
      ...names.flatMap((name) => Array.from(after.get(name) ?? [], (v, i) => Math.abs(v - before.get(name)![i]))),
    )
  );
  // AdamW's first step is the rate, whatever the gradient
  largest.forEach((change, depth) => assert.ok(Math.abs(change / (0.01 * 0.1 ** depth) - 1) < 1e-2, `${largest}`));
});

/** Begins of the names that are trained at each step. */
function recorder(seen: string[]): TrainerCallback {
  return {
    onStepBegin: (_args, _state, _control, { model }) => {
      const names = model.summary().filter(({ trainable }) => trainable).map(({ name }) => name);
      seen.push([...new Set(names.map((name) => /layer\.\d|embeddings|classifier|pooler/.exec(name)?.[0]))].join(" "));
    },
  };
}

test("train() thaws one part an epoch when it unfreezes gradually", async () => {
  const seen: string[] = [];
  const model = await tinyModel({ num_hidden_layers: 2 });
  const frozen = await parametersOf({ model });
  const callbacks = [new GradualUnfreezingCallback(), recorder(seen)];
  await (await tinyTrainer({ numTrainEpochs: 5 }, { model, callbacks })).train();
  assert.deepEqual([0, 4, 5, 10, 15, 24].map((step) => seen[step]), [
    "pooler classifier",
    "pooler classifier",
    "layer.1 pooler classifier",
    "layer.0 layer.1 pooler classifier",
    "embeddings layer.0 layer.1 pooler classifier",
    "embeddings layer.0 layer.1 pooler classifier",
  ]);
  assert.notDeepEqual(await parametersOf({ model }), frozen);

  const [head] = layersOf(model);
  const headOnly = await tinyModel();
  const before = new Map<string, number[]>();
  for (const [name, parameter] of headOnly.namedParameters()) before.set(name, [...await parameter.data()]);
  const stages = [head, "bert.encoder"];
  const callback = new GradualUnfreezingCallback({ stages, epochsPerStage: 0.5 });
  seen.length = 0;
  await (await tinyTrainer({ maxSteps: 4 }, { model: headOnly, callbacks: [callback, recorder(seen)] })).train();
  assert.deepEqual(seen, [...Array(3).fill("pooler classifier"), "layer.0 pooler classifier"]);
  for (const [name, parameter] of headOnly.namedParameters()) {
    if (name.includes("embeddings")) assert.deepEqual([...await parameter.data()], before.get(name), `${name} stays`);
  }
  assert.throws(() => new GradualUnfreezingCallback({ epochsPerStage: 0 }), /epochsPerStage is 0; it must be above 0/);
  const wrong = await tinyTrainer({}, { callbacks: [new GradualUnfreezingCallback({ stages: ["head"] })] });
  await assert.rejects(wrong.train(), /no parameter is named head/);
});

test("train() ends with the same parameters when gradual unfreezing spans a resume", () =>
  inFolder(async (folder) => {
    const args = { numTrainEpochs: 4, saveStrategy: "steps", saveSteps: 4, weightDecay: 0.01 } as const;
    const make = async (name: string) =>
      await tinyTrainer({ ...args, outputDir: join(folder, name) }, {
        model: await tinyModel({ num_hidden_layers: 2 }),
        callbacks: [new GradualUnfreezingCallback()],
      });
    const whole = await make("whole"), stop = new AbortController();
    await whole.train();
    const first = await make("pieces");
    first.addCallback({ onStepEnd: (_args, state) => void (state.globalStep === 13 && stop.abort()) });
    assert.ok((await first.train({ signal: stop.signal })).interrupted);
    const second = await make("pieces");
    await second.train({ resumeFromCheckpoint: true });
    assert.deepEqual(await parametersOf(second), await parametersOf(whole));
  }));
