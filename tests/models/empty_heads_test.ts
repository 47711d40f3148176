// Every head of every family on batches with nothing in them: no row, or a text whose tokens are all hidden.

import assert from "node:assert/strict";
import {
  type AutoClass,
  AutoModel,
  AutoModelForMaskedLM,
  AutoModelForPreTraining,
  AutoModelForSequenceClassification,
  AutoModelForTokenClassification,
  type PreTrainedModel,
} from "../../lib/models/mod.ts";
import { sizeOf, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import type { TrainableModel } from "../../lib/trainer/mod.ts";
import { deviceTest } from "../devices.ts";
import { tensorsOf } from "./reference.ts";

const sizes = { vocab_size: 20, max_position_embeddings: 12, embedding_size: 4 };
const bertSizes = { hidden_size: 8, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 12 };
const distilBertSizes = { dim: 8, n_layers: 2, n_heads: 2, hidden_dim: 12 };

const ints = (shape: number[], value: number) => tensor(new Int32Array(sizeOf(shape)).fill(value), shape);
const perText = (rows: number) => ints([rows], 1);
const perToken = (rows: number) => ints([rows, 3], 1);

const kinds: Record<string, { auto: AutoClass<PreTrainedModel>; labels?: (rows: number) => Tensor }> = {
  base: { auto: AutoModel },
  sequence: { auto: AutoModelForSequenceClassification, labels: perText },
  token: { auto: AutoModelForTokenClassification, labels: perToken },
  mlm: { auto: AutoModelForMaskedLM, labels: (rows) => ints([rows, 3], -100) },
  pretraining: { auto: AutoModelForPreTraining, labels: perToken },
};

deviceTest("cpu", "every head gives numbers for an empty batch and for a text that is hidden throughout", async () => {
  for (const family of ["bert", "distilbert", "roberta", "xlm-roberta", "albert", "electra"]) {
    for (const [kind, { auto, labels }] of Object.entries(kinds)) {
      const model: TrainableModel = await auto.fromConfig({
        model_type: family,
        ...sizes,
        ...bertSizes,
        ...distilBertSizes,
      });
      for (const rows of [0, 1]) {
        const batch = {
          input_ids: ints([rows, 3], 5),
          attention_mask: ints([rows, 3], 0),
          next_sentence_label: perText(rows),
          sentence_order_label: perText(rows),
          ...(labels && { labels: labels(rows) }),
        };
        const out = tensorsOf(model.forward(batch));
        assert.equal(out.loss === undefined, kind === "base", `${family} ${kind}: loss`);
        out.loss?.backward();
        if (model.loss) {
          out.lossAlone = model.loss(batch);
          out.lossAlone.backward();
        }
        for (const [name, { grad }] of model.namedParameters()) if (grad) out[`gradient of ${name}`] = grad;
        for (const [name, values] of Object.entries(out)) {
          const areNumbers = Array.from(await values.data()).every(Number.isFinite);
          assert.ok(areNumbers, `${family} ${kind} of ${rows} rows: ${name}`);
        }
      }
      model.dispose();
    }
  }
});
