// The checkpoints that are pretrained here: what each is made of and how long it trains. Each number that was tuned has its measurement.

import type { ModelConfig } from "../../lib/models/mod.ts";
import { type PreTrainedTokenizer, trainByteLevelBpe, trainUnigram, trainWordPiece } from "../../lib/tokenizers/mod.ts";

export interface Recipe {
  /** Its folder in datasets/, and with a slash for the first dash its `attend/…` name. */
  readonly folder: string;
  readonly maxSteps: number;
  readonly learningRate: number;
  /** Learns the vocabulary from all texts. */
  readonly trainTokenizer: (texts: readonly string[]) => PreTrainedTokenizer;
  readonly config: (tokenizer: PreTrainedTokenizer) => ModelConfig;
}

/** Tokens of a step. */
export const TOKENS_PER_BATCH = 2048;
export const SEED = 42;

/** At BERT's own initializer_range of 0.02 so small a model stands still for long, and so does a new head on it. */
const small = { hidden_size: 128, num_attention_heads: 4, intermediate_size: 512, initializer_range: 0.05 };
/** Nothing is dropped, in pretraining or after: with 0.1 a fine-tuned attend/tiny reaches a Matthews correlation of 0.37 on acceptability, with 0 one of 0.47. */
const dropout = { hidden_dropout_prob: 0, attention_probs_dropout_prob: 0 };
const modelMaxLength = 512;

export const tiny: Recipe = {
  folder: "attend-tiny",
  maxSteps: 12000,
  learningRate: 1e-3,
  trainTokenizer: (texts) => trainWordPiece(texts, { vocabSize: 8000, modelMaxLength }),
  config: (tokenizer) => ({
    model_type: "bert",
    vocab_size: tokenizer.length,
    ...small,
    ...dropout,
    num_hidden_layers: 4,
    hidden_act: "gelu",
    max_position_embeddings: 512,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
    pad_token_id: tokenizer.padTokenId,
  }),
};

export const albert: Recipe = {
  folder: "attend-tiny-albert",
  maxSteps: 3000,
  learningRate: 1e-3,
  trainTokenizer: (texts) => trainUnigram(texts, { vocabSize: 6000, modelMaxLength }),
  config: (tokenizer) => ({
    model_type: "albert",
    vocab_size: tokenizer.length,
    embedding_size: 64,
    ...small,
    ...dropout,
    num_hidden_layers: 4,
    num_hidden_groups: 1,
    inner_group_num: 1,
    hidden_act: "gelu",
    classifier_dropout_prob: 0,
    max_position_embeddings: 512,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
    pad_token_id: tokenizer.padTokenId,
    bos_token_id: tokenizer.clsTokenId,
    eos_token_id: tokenizer.sepTokenId,
  }),
};

export const roberta: Recipe = {
  folder: "attend-tiny-roberta",
  maxSteps: 3000,
  learningRate: 1e-3,
  trainTokenizer: (texts) => trainByteLevelBpe(texts, { vocabSize: 6000, modelMaxLength }),
  config: (tokenizer) => ({
    model_type: "roberta",
    vocab_size: tokenizer.length,
    ...small,
    ...dropout,
    num_hidden_layers: 3,
    hidden_act: "gelu",
    max_position_embeddings: 514, // positions begin after the padding id
    type_vocab_size: 1,
    layer_norm_eps: 1e-5,
    pad_token_id: tokenizer.padTokenId,
    bos_token_id: tokenizer.clsTokenId,
    eos_token_id: tokenizer.sepTokenId,
  }),
};

/** A DistilBERT with half the layers of attend/tiny and its vocabulary. */
export const distilbert = {
  folder: "attend-tiny-distilbert",
  maxSteps: 3000,
  learningRate: 5e-4,
  config: (tokenizer: PreTrainedTokenizer): ModelConfig => ({
    model_type: "distilbert",
    vocab_size: tokenizer.length,
    dim: 128,
    n_layers: 2,
    n_heads: 4,
    hidden_dim: 512,
    activation: "gelu",
    dropout: 0,
    attention_dropout: 0,
    seq_classif_dropout: 0,
    initializer_range: 0.05,
    max_position_embeddings: 512,
    sinusoidal_pos_embds: false,
    tie_weights_: true,
    pad_token_id: tokenizer.padTokenId,
  }),
};
