// Times one training step of this library: forward, loss, backward, AdamW. usage: step.ts small|distil STEPS
// Dropout is 0, as the peers have none; pooler and segment embeddings are there, which the peers leave out.

import { AdamW, AutoModelForSequenceClassification, device, scope, setSeed, type Tensor } from "lib";
import { batchOf, isSizeName, sizes, timeSteps } from "./sizes.ts";

const [name, steps] = Deno.args;
if (!isSizeName(name)) throw new RangeError(`The size is "${name}"; it must be small or distil.`);
const size = sizes[name];

setSeed(0);
const model = await AutoModelForSequenceClassification.fromConfig({
  model_type: "bert",
  vocab_size: size.vocabulary,
  hidden_size: size.hidden,
  num_hidden_layers: size.layers,
  num_attention_heads: size.heads,
  intermediate_size: size.intermediate,
  max_position_embeddings: 512,
  hidden_dropout_prob: 0,
  attention_probs_dropout_prob: 0,
});
const optimizer = new AdamW(model.parameters(), { lr: 1e-4 });
const { ids, labels } = batchOf(size);

await timeSteps(
  async () => {
    const loss = scope((): Tensor => {
      const out = model.forward({ input_ids: ids, labels });
      out.loss!.backward();
      optimizer.step();
      optimizer.zeroGrad();
      return out.loss!;
    });
    const value = await loss.item(); // the read ends the step: nothing is left queued
    loss.dispose();
    return value;
  },
  Number(steps),
  () => `${device().name}, BLAS ${device().blas ?? "none"}`,
);
Deno.exit(0);
