// Whole training steps of own layers: the same seed gives the same bits, frozen parts stay as they are, own heads learn.

import assert from "node:assert/strict";
import { BertForSequenceClassification } from "../../lib/models/bert_heads.ts";
import {
  Dropout,
  functional,
  GELU,
  Linear,
  parameterGroups,
  Sequential,
  TransformerEncoderLayer,
} from "../../lib/nn/mod.ts";
import { AdamW } from "../../lib/optim/mod.ts";
import { scope, setSeed, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { normalValues } from "../test_op.ts";

/** The bits of all parameters after three steps with dropout. */
async function train(seed: number): Promise<Uint8Array[]> {
  setSeed(seed);
  const encoder = new TransformerEncoderLayer(16, 4, { dimFeedforward: 24, dropout: 0.3, activation: "gelu" });
  const head = new Sequential(new Linear(16, 7), new GELU(), new Dropout(0.2), new Linear(7, 3, { bias: false }));
  const parameters = [...encoder.parameters(), ...head.parameters()];
  const optimizer = new AdamW(parameters, { lr: 1e-2 });
  const mask = tensor(Int32Array.from({ length: 5 * 9 }, (_, i) => Number(i % 9 < 3 + i / 9)), [5, 9]);
  const labels = tensor([0, 1, 2, 1, 0], { dtype: "int32" });
  for (let step = 0; step < 3; step++) {
    scope(() => {
      const x = tensor(normalValues([5, 9, 16], step).data, [5, 9, 16]);
      const pooled = functional.meanPool(encoder.forward(x, { attentionMask: mask }), mask);
      functional.crossEntropy(head.forward(pooled), labels).backward();
      optimizer.step();
      optimizer.zeroGrad();
    });
  }
  return await Promise.all(parameters.map(async (parameter) => new Uint8Array((await parameter.data()).buffer)));
}

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(device, "training twice with one seed gives the same bits, with another seed others", async () => {
    const first = await train(7);
    assert.deepEqual(await train(7), first);
    assert.notDeepEqual(await train(8), first);
  });
}

deviceTest(
  "cpu",
  "a head of own layers takes the place of a model's classifier, and learns while the body is frozen",
  async () => {
    setSeed(1);
    const model = new BertForSequenceClassification({
      ...{ model_type: "bert", vocab_size: 20, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2 },
      ...{ intermediate_size: 16, max_position_embeddings: 8, hidden_act: "relu" },
    });
    model.initWeights();
    model.classifier = new Sequential(new Linear(8, 6), new GELU(), new Linear(6, 3));
    model.freeze("bert");
    assert.deepEqual(model.summary().filter(({ trainable }) => trainable).map(({ name }) => name), [
      "classifier.0.weight",
      "classifier.0.bias",
      "classifier.2.weight",
      "classifier.2.bias",
    ]);
    const body = await model.bert.embeddings.wordEmbeddings.weight.data();
    const optimizer = new AdamW(parameterGroups(model, [{ match: "classifier.2", lr: 0.1 }]), { lr: 0.05 });
    const batch = { input_ids: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], labels: [0, 1, 2] };
    model.eval();
    const losses: number[] = [];
    for (let step = 0; step < 20; step++) {
      const { loss, logits } = model.forward(batch);
      assert.deepEqual(logits.shape, [3, 3]);
      losses.push(await loss!.item());
      loss!.backward();
      optimizer.step();
      optimizer.zeroGrad();
    }
    assert.ok(losses.at(-1)! < losses[0] / 2, `the loss went from ${losses[0]} to ${losses.at(-1)}`);
    assert.deepEqual(await model.bert.embeddings.wordEmbeddings.weight.data(), body);
  },
);

deviceTest("cpu", "a model whose config names an unknown activation says which there are", () => {
  const config = { model_type: "bert", vocab_size: 9, hidden_size: 4, num_hidden_layers: 1, num_attention_heads: 1 };
  assert.throws(
    () =>
      new BertForSequenceClassification({
        ...config,
        intermediate_size: 4,
        max_position_embeddings: 4,
        hidden_act: "elu",
      }),
    /The activation "elu" is not supported; these are: "gelu", "gelu_new", "gelu_pytorch_tanh", "relu"/,
  );
});
