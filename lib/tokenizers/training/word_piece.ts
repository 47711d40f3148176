// Training a WordPiece tokenizer like BERT's from texts, as BertWordPieceTokenizer of Python's tokenizers does.
import { PreTrainedTokenizer } from "../tokenizer.ts";
import { BERT_SPECIAL_TOKENS, WORD_PIECE_PREFIX, wordPieceFiles } from "../tokenizer_files.ts";
import { learnMerges } from "./merges.ts";
import { countWords } from "./words.ts";

/** Options of `trainWordPiece`; the defaults are those of Python's `BertWordPieceTokenizer`. */
export interface WordPieceTrainingOptions {
  /** How many tokens the vocabulary has at most; it is smaller where the texts give out. */
  vocabSize?: number;
  /** How often a pair must occur to be merged. */
  minFrequency?: number;
  /** Whether the tokenizer lowercases, and strips accents with it. */
  lowercase?: boolean;
  /** At most so many different characters, the most frequent ones. */
  limitAlphabet?: number;
  /** The longest input of the model this is for, in tokens. */
  modelMaxLength?: number;
}

/** Learns a WordPiece vocabulary from texts. The same texts always give the same tokenizer. */
export function trainWordPiece(texts: Iterable<string>, options: WordPieceTrainingOptions = {}): PreTrainedTokenizer {
  const { vocabSize = 30_000, minFrequency = 2, lowercase = true, limitAlphabet = 1000, modelMaxLength = 512 } =
    options;
  const config = { do_lower_case: lowercase, model_max_length: modelMaxLength };
  const untrained = wordPieceFiles(BERT_SPECIAL_TOKENS, config);
  const { vocab } = learnMerges(countWords(texts, untrained.tokenizerJson), {
    vocabSize,
    minFrequency,
    limitAlphabet,
    specialTokens: BERT_SPECIAL_TOKENS,
    continuingSubwordPrefix: WORD_PIECE_PREFIX,
  });
  return new PreTrainedTokenizer(wordPieceFiles(vocab, config));
}
