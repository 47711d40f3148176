import { apply } from "../autograd/mod.ts";
import { embedding } from "../ops/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import { normal, parameter } from "./init.ts";
import { Module } from "./module.ts";

/** A table of rows looked up by id: ids (…) int32 -> (…, embeddingDim). */
export class Embedding extends Module {
  /** (numEmbeddings, embeddingDim); another one where a vocabulary is resized. */
  weight: Tensor;

  /** @param paddingIdx the row that takes no gradient, if there is one */
  constructor(numEmbeddings: number, embeddingDim: number, readonly paddingIdx: number | null = null) {
    super();
    this.weight = parameter([numEmbeddings, embeddingDim], (values) => {
      normal(1)(values);
      if (paddingIdx !== null) values.fill(0, paddingIdx * embeddingDim, (paddingIdx + 1) * embeddingDim);
    });
  }

  forward(ids: Tensor): Tensor {
    return apply(embedding, [this.weight, ids], { paddingIndex: this.paddingIdx ?? -1 });
  }
}
