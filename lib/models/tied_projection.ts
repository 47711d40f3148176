import { apply } from "../autograd/mod.ts";
import { type Embedding, Module, parameter, zeros } from "../nn/mod.ts";
import { linear } from "../ops/mod.ts";
import type { Tensor } from "../tensor/mod.ts";

/** Logits over the vocabulary by the word embeddings themselves (Press & Wolf 2017), plus a bias: the last step of every masked LM here. */
export class TiedProjection extends Module {
  /** (vocabulary); another one where the vocabulary is resized. */
  bias: Tensor;

  constructor(vocabSize: number) {
    super();
    this.bias = parameter([vocabSize], zeros);
  }

  /** (tokens, embedding) -> (tokens, vocabulary) */
  project(x: Tensor, words: Embedding): Tensor {
    return apply(linear, [x, words.weight, this.bias]);
  }
}
