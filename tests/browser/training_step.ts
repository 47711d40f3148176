// Training steps in a browser's page: BERT forward, backward and AdamW against PyTorch. Under Deno tests/models/golden_test.ts does that,
// with the model loaded from its folder; a page has no folders, so weights are written from the fixture.

import { BertForSequenceClassification } from "../../lib/models/bert_heads.ts";
import type { ModelConfig } from "../../lib/models/config.ts";
import { AdamW, clipGradNorm, decayGroups, getScheduler } from "../../lib/optim/mod.ts";
import { scope, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson, goldenTensors } from "../golden.ts";
import { assertClose } from "../test_op.ts";

interface Golden {
  /** Parameters whose gradients are zero but for rounding, which Adam turns into steps. */
  readonly mathematically_zero_gradients: readonly string[];
}

deviceTest("webgpu", "BertForSequenceClassification trains three steps as in PyTorch", async () => {
  const { mathematically_zero_gradients: zeroGradients } = goldenJson<Golden>("models/bert/golden.json");
  const golden = goldenTensors("models/bert/golden.safetensors");
  const weights = goldenTensors("models/bert/model.safetensors");
  const at = (name: string) => golden.get(name)!;
  const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));

  const model = new BertForSequenceClassification(goldenJson<ModelConfig>("models/bert/config.json")).eval();
  for (const [name, parameter] of model.namedParameters()) parameter.write(weights.get(name)!.data);
  const columns = ["input_ids", "attention_mask", "token_type_ids", "labels"];
  const batch = Object.fromEntries(columns.map((name) => [name, tensor(at(name).data, at(name).shape)]));

  const { loss, logits } = scope(() => {
    const { loss, logits } = model.forward(batch);
    loss!.backward();
    return { loss: loss!, logits };
  });
  assertClose(await loss.data(), at("loss").data, 4e-5, "loss");
  assertClose(await logits.data(), at("logits").data, 4e-5, "logits");
  for (const [name, parameter] of model.namedParameters()) {
    const expected = at(`grad.${name}`).data;
    assertClose(await parameter.grad!.data(), expected, 1e-5 + 1e-4 * largest(expected), `gradient of ${name}`);
  }

  const optimizer = new AdamW(decayGroups(model.namedParameters(), 0.01), { lr: 1e-3 });
  const scheduler = getScheduler("linear", { optimizer, numWarmupSteps: 1, numTrainingSteps: 10 });
  clipGradNorm(model.parameters(), 1);
  optimizer.step(); // the first step of the warm-up has rate 0
  scheduler.step();
  optimizer.zeroGrad();
  for (let step = 2; step <= 3; step++) {
    scope(() => model.forward(batch).loss!.backward());
    clipGradNorm(model.parameters(), 1);
    optimizer.step();
    scheduler.step();
    optimizer.zeroGrad();
  }
  for (const [name, parameter] of model.namedParameters()) {
    if (zeroGradients.includes(name)) continue;
    assertClose(await parameter.data(), at(`step3.${name}`).data, 2e-4, `${name} after 3 steps`);
  }
  model.dispose();
});
