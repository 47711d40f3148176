// Training a byte-level BPE tokenizer like RoBERTa's from texts, as ByteLevelBPETokenizer of Python's tokenizers does.
import { BYTE_CHARACTERS } from "../pipeline/byte_level.ts";
import { PreTrainedTokenizer } from "../tokenizer.ts";
import { byteLevelFiles, ROBERTA_SPECIAL_TOKENS } from "../tokenizer_files.ts";
import { learnMerges } from "./merges.ts";
import { countWords } from "./words.ts";

/** Options of `trainByteLevelBpe`; the defaults are those of Python's `ByteLevelBPETokenizer`. */
export interface BpeTrainingOptions {
  /** How many tokens the vocabulary has at most; it is smaller where the texts give out. */
  vocabSize?: number;
  /** How often a pair must occur to be merged. */
  minFrequency?: number;
  /** Whether the first word of a text is treated like the others, as if a blank stood before it. */
  addPrefixSpace?: boolean;
  /** The longest input of the model this is for, in tokens. */
  modelMaxLength?: number;
}

/** Learns a byte-level BPE vocabulary from texts; it starts from all 256 bytes, so nothing is unknown. */
export function trainByteLevelBpe(texts: Iterable<string>, options: BpeTrainingOptions = {}): PreTrainedTokenizer {
  const { vocabSize = 30_000, minFrequency = 2, addPrefixSpace = false, modelMaxLength = 512 } = options;
  const config = { add_prefix_space: addPrefixSpace, model_max_length: modelMaxLength };
  const untrained = byteLevelFiles(new Map(ROBERTA_SPECIAL_TOKENS.map((token, id) => [token, id])), [], config);
  const { vocab, merges } = learnMerges(countWords(texts, untrained.tokenizerJson), {
    vocabSize,
    minFrequency,
    specialTokens: ROBERTA_SPECIAL_TOKENS,
    initialAlphabet: BYTE_CHARACTERS,
  });
  return new PreTrainedTokenizer(byteLevelFiles(new Map(vocab.map((token, id) => [token, id])), merges, config));
}
