// The step that devices are compared by: BERT with 2 layers of 128, 16 sentences of 12 tokens, AdamW.

import type { Backend } from "../backend/backend.ts";
import { setBackend } from "../backend/current.ts";
import { withoutInit } from "../nn/mod.ts";
import { AdamW } from "../optim/mod.ts";
import { globalRandom, scope, type Tensor } from "../tensor/mod.ts";
import { BertForSequenceClassification } from "./bert_heads.ts";

const config = {
  model_type: "bert",
  vocab_size: 1000,
  hidden_size: 128,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 512,
  max_position_embeddings: 64,
};

/** Milliseconds of one small training step on `backend`: the fastest of four after two to warm up. Weights drawn elsewhere stay as they were. */
export async function timeTrainingStep(backend: Backend): Promise<number> {
  const before = setBackend(backend);
  const random = globalRandom.state;
  try {
    const model = withoutInit(() => new BertForSequenceClassification(config));
    model.initWeights();
    const optimizer = new AdamW(model.parameters(), { lr: 1e-4 });
    const ids = Array.from({ length: 16 }, (_, i) => Array.from({ length: 12 }, (_, j) => 5 + (i * 31 + j * 17) % 990));
    const batch = { input_ids: ids, labels: ids.map((_, i) => i % 2) };
    const times: number[] = [];
    for (let step = 0; step < 6; step++) {
      const start = performance.now();
      const loss = scope((): Tensor => {
        const out = model.forward(batch);
        out.loss!.backward();
        optimizer.step();
        optimizer.zeroGrad();
        return out.loss!;
      });
      await loss.data(); // the read ends the step: nothing is left queued
      loss.dispose();
      times.push(performance.now() - start);
    }
    model.dispose();
    return Math.min(...times.slice(2));
  } finally {
    globalRandom.state = random;
    setBackend(before);
  }
}
