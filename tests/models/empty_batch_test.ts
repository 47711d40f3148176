// Batches with nothing in them, or with a text that is padding alone: no NaN anywhere, and nothing changes for the texts beside it.

import assert from "node:assert/strict";
import { BertForSequenceClassification } from "../../lib/models/bert_heads.ts";
import { AdamW, clipGradNorm } from "../../lib/optim/mod.ts";
import { scope, setSeed, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { assertClose } from "../test_op.ts";

function tinyBert(): BertForSequenceClassification {
  setSeed(3);
  const model = new BertForSequenceClassification({
    ...{ model_type: "bert", vocab_size: 20, hidden_size: 8, num_hidden_layers: 2, num_attention_heads: 2 },
    ...{ intermediate_size: 12, max_position_embeddings: 8, num_labels: 3 },
  });
  model.initWeights();
  return model;
}

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(
    device,
    "a model takes an empty batch: a loss of 0 (NaN in PyTorch), gradients of 0, and a step",
    async () => {
      const model = tinyBert();
      const ints = (...shape: number[]) => tensor(new Int32Array(0), shape);
      const { loss, logits, hiddenStates, attentions } = model.forward(
        { input_ids: ints(0, 5), attention_mask: ints(0, 5), labels: ints(0) },
        { outputHiddenStates: true, outputAttentions: true },
      );
      assert.deepEqual(logits.shape, [0, 3]);
      assert.deepEqual(hiddenStates!.map(({ shape }) => shape), [[0, 5, 8], [0, 5, 8], [0, 5, 8]]);
      assert.deepEqual(attentions!.map(({ shape }) => shape), [[0, 2, 5, 5], [0, 2, 5, 5]]);
      assert.equal((await logits.data()).length, 0);
      assert.equal(await loss!.item(), 0);
      loss!.backward();
      for (const [name, { grad, size }] of model.namedParameters()) {
        assert.ok(grad, `${name} has no gradient`);
        assertClose(await grad.data(), new Float32Array(size), 0, `gradient of ${name}`);
      }
      assert.equal(await clipGradNorm(model.parameters(), 1).item(), 0);
      const before = await model.classifier.parameters()[0].data();
      new AdamW(model.parameters(), { lr: 0.1, weightDecay: 0 }).step();
      assert.deepEqual(await model.classifier.parameters()[0].data(), before);
      model.dispose();
    },
  );

  deviceTest(device, "a text that is padding alone leaves the others as they are, and no NaN", async () => {
    const model = tinyBert().eval();
    const texts = { input_ids: [[1, 2, 3, 4], [5, 6, 7, 0]], attention_mask: [[1, 1, 1, 1], [1, 1, 1, 0]] };
    const expected = await scope(() => model.forward(texts).logits.data());
    const { loss, logits } = model.forward({
      input_ids: [...texts.input_ids, [0, 0, 0, 0]],
      attention_mask: [...texts.attention_mask, [0, 0, 0, 0]],
      labels: [0, 1, 2],
    });
    const found = await logits.data();
    assertClose(found.subarray(0, 6), expected, 1e-6, "logits of the real texts");
    assert.ok(found.every(Number.isFinite));
    loss!.backward();
    for (const [name, { grad }] of model.namedParameters()) {
      assert.ok((await grad!.data()).every(Number.isFinite), `gradient of ${name}`);
    }
    model.dispose();
  });
}
