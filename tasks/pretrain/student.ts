// What a student is trained for: to find hidden words, to see which words do not belong, and to make of each text what the teacher made
// of it (Devlin et al. 2019, section 3.1; Clark et al. 2020, section 2; Sanh et al. 2019, section 3).

import { functional, Linear, selectRows } from "../../lib/nn/mod.ts";
import { type Batch, type MaskedLMModel, PreTrainedModel } from "../../lib/models/mod.ts";
import { keep, scope, Tensor, tensor } from "../../lib/tensor/mod.ts";
import type { TrainableOutput } from "../../lib/trainer/mod.ts";
import { IGNORED } from "./collator.ts";

/** How much each objective counts beside the masked words. */
const REPLACED_WEIGHT = 10;
const STATES_WEIGHT = 5;

/** A masked LM with the heads that only its training needs: nothing of them is in the exported checkpoint. */
export class Student extends PreTrainedModel {
  readonly inputNames = ["input_ids", "attention_mask", "labels"];
  /** From a state to whether its token was replaced, (tokens, hidden) -> (tokens, 1). */
  readonly detector: Linear;
  /** From a state to the teacher's, (tokens, hidden) -> (tokens, teacher). */
  readonly projection: Linear;
  #parts: Record<string, Tensor> = {};

  constructor(readonly model: MaskedLMModel, teacherSize: number) {
    super(model.config);
    const hiddenSize = Number(model.config.hidden_size);
    this.detector = new Linear(hiddenSize, 1);
    this.projection = new Linear(hiddenSize, teacherSize);
  }

  /** The weighted sum of all losses that the batch has what is needed for; shape (). */
  forward(batch: Batch): TrainableOutput & { readonly loss: Tensor } {
    return scope(() => {
      const { hidden, packing: { places } } = this.model.baseModel.encode(batch, {});
      const parts = { words: this.#wordLoss(hidden, countedRows(batch, "labels", places)) };
      let loss = parts.words;
      if ("replaced" in batch) {
        const replaced = this.#replacedLoss(hidden, countedRows(batch, "replaced", places));
        Object.assign(parts, { replaced });
        loss = loss.add(replaced.scale(REPLACED_WEIGHT));
      }
      if ("teacher_rows" in batch) {
        const states = this.#statesLoss(hidden, batch);
        Object.assign(parts, { states });
        loss = loss.add(states.scale(STATES_WEIGHT));
      }
      this.#remember(parts);
      return { loss };
    });
  }

  /** The losses of the last batch, one by one and without weights. */
  async lastLosses(): Promise<Record<string, number>> {
    const values = Object.entries(this.#parts).map(async ([name, part]) => [name, await part.item()] as const);
    return Object.fromEntries(await Promise.all(values));
  }

  #wordLoss(hidden: Tensor, { rows, values }: Counted): Tensor {
    return functional.crossEntropy(this.model.logitsOf(selectRows(hidden, tensor(rows))), tensor(values));
  }

  #replacedLoss(hidden: Tensor, { rows, values }: Counted): Tensor {
    const scores = this.detector.forward(selectRows(hidden, tensor(rows))); // (rows, 1)
    return functional.binaryCrossEntropyWithLogits(scores, tensor(Float32Array.from(values), scores.shape));
  }

  /** 1 - cosine between the student's states, projected, and the teacher's, which are of length 1. */
  #statesLoss(hidden: Tensor, { teacher_rows, teacher_vectors }: Batch): Tensor {
    const states = this.projection.forward(selectRows(hidden, asTensor(teacher_rows))); // (n, teacher)
    const length = states.square().sum(-1).add(1e-8).sqrt();
    return states.mul(asTensor(teacher_vectors)).sum(-1).div(length).mean().neg().add(1);
  }

  #remember(parts: Record<string, Tensor>): void {
    for (const part of Object.values(this.#parts)) part.dispose();
    this.#parts = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, keep(part.alias())]));
  }
}

/** Tokens that count for a loss: their rows among all tokens without padding, and the column's values there. */
interface Counted {
  readonly rows: Int32Array;
  readonly values: Int32Array;
}

export function countedRows(batch: Batch, name: string, places: Int32Array): Counted {
  const column = asTensor(batch[name]).hostData;
  if (!column) throw new TypeError(`countedRows: "${name}" is on the device; make it of an Int32Array.`);
  const rows = Int32Array.from(places.keys()).filter((row) => column[places[row]] !== IGNORED);
  return { rows, values: rows.map((row) => column[places[row]]) };
}

function asTensor(column: Batch[string]): Tensor {
  return column instanceof Tensor ? column : tensor(column, { dtype: "int32" });
}
