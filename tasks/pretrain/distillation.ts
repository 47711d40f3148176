// A student of a checkpoint of its own kind, as DistilBERT is BERT's (Sanh et al. 2019, section 3): what the teacher holds likely behind each
// mask, the hidden words themselves, and the direction of its states. It starts from every second of the teacher's layers.

import { noGrad } from "../../lib/autograd/mod.ts";
import { functional, selectRows } from "../../lib/nn/mod.ts";
import { type Batch, type MaskedLMModel, PreTrainedModel } from "../../lib/models/mod.ts";
import { scope, tensor } from "../../lib/tensor/mod.ts";
import type { TrainableOutput } from "../../lib/trainer/mod.ts";
import { countedRows } from "./student.ts";

/** Both distributions are flattened by it, so that the unlikely words are learned from too (Hinton et al. 2015). */
const TEMPERATURE = 2;
/** The paper's published recipe. */
const WEIGHTS = { soft: 5, words: 2, states: 1 } as const;

export class Distillation extends PreTrainedModel {
  readonly inputNames = ["input_ids", "attention_mask", "labels"];
  readonly #teacher: MaskedLMModel; // private, so that it is no part of what is trained and saved

  constructor(readonly model: MaskedLMModel, teacher: MaskedLMModel) {
    super(model.config);
    this.#teacher = teacher.eval();
  }

  /** Student and teacher read the same batch, masks and all; shape (). */
  forward(batch: Batch): TrainableOutput {
    return scope(() => {
      const { hidden, packing: { places } } = this.model.baseModel.encode(batch, {});
      const { rows, values } = countedRows(batch, "labels", places), masked = tensor(rows);
      const logits = this.model.logitsOf(selectRows(hidden, masked)); // (masked, vocabulary)
      const theirs = noGrad(() => {
        const { hidden } = this.#teacher.baseModel.encode(batch, {});
        return { hidden, likely: this.#teacher.logitsOf(selectRows(hidden, masked)).scale(1 / TEMPERATURE).softmax() };
      });
      const words = functional.crossEntropy(logits, tensor(values));
      // against softened targets gradients are smaller by the temperature's square
      const soft = theirs.likely.mul(logits.scale(1 / TEMPERATURE).logSoftmax()).sum(-1).mean().scale(
        -(TEMPERATURE ** 2),
      );
      const states = functional.cosineSimilarity(hidden, theirs.hidden).mean().neg().add(1);
      const loss = soft.scale(WEIGHTS.soft).add(words.scale(WEIGHTS.words)).add(states.scale(WEIGHTS.states));
      return { loss };
    });
  }
}

/** The teacher's names of what a DistilBERT starts from, by the student's. */
const STARTS: readonly (readonly [student: RegExp, teacher: string])[] = [
  [/^distilbert\.embeddings\.(.*)$/, "bert.embeddings.$1"],
  [/^distilbert\.transformer\.layer\.0\./, "bert.encoder.layer.0."],
  [/^distilbert\.transformer\.layer\.1\./, "bert.encoder.layer.2."],
  [/\.attention\.q_lin\./, ".attention.self.query."],
  [/\.attention\.k_lin\./, ".attention.self.key."],
  [/\.attention\.v_lin\./, ".attention.self.value."],
  [/\.attention\.out_lin\./, ".attention.output.dense."],
  [/\.sa_layer_norm\./, ".attention.output.LayerNorm."],
  [/\.ffn\.lin1\./, ".intermediate.dense."],
  [/\.ffn\.lin2\./, ".output.dense."],
  [/\.output_layer_norm\./, ".output.LayerNorm."],
  [/^vocab_transform\./, "cls.predictions.transform.dense."],
  [/^vocab_layer_norm\./, "cls.predictions.transform.LayerNorm."],
  [/^vocab_projector\.bias$/, "cls.predictions.bias"],
];

/** Gives a DistilBERT of two layers the values of a BERT of four: layers 0 and 2, and with the positions the one segment there is. */
export async function startFrom(student: MaskedLMModel, teacher: MaskedLMModel): Promise<void> {
  const theirs = new Map(teacher.namedParameters());
  const valuesOf = async (name: string) => {
    const found = theirs.get(name);
    if (found) return Float32Array.from(await found.data());
    throw new RangeError(`startFrom: the teacher has no "${name}"; it must be a BERT with a masked LM's head.`);
  };
  for (const [name, parameter] of student.namedParameters()) {
    const theirName = STARTS.reduce((so, [ours, other]) => so.replace(ours, other), name);
    const values = await valuesOf(theirName);
    if (theirName.endsWith("position_embeddings.weight")) {
      const segment = await valuesOf("bert.embeddings.token_type_embeddings.weight");
      const [, hidden] = parameter.shape;
      values.forEach((value, i) => values[i] = value + segment[i % hidden]);
    }
    parameter.write(values);
  }
}
