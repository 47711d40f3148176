// Training a WordPiece tokenizer like BERT's from texts, as BertWordPieceTokenizer of Python's tokenizers does.
import { Fields } from "../fields.ts";
import { AlignedText } from "../pipeline/aligned_text.ts";
import { createNormalizer } from "../pipeline/normalizers.ts";
import { createPreTokenizer } from "../pipeline/pre_tokenizers.ts";
import { PreTrainedTokenizer } from "../tokenizer.ts";
import { countWords, learnMerges } from "./merges.ts";

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

const SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const PREFIX = "##";

/** Learns a WordPiece vocabulary from texts. The same texts always give the same tokenizer. */
export function trainWordPiece(texts: Iterable<string>, options: WordPieceTrainingOptions = {}): PreTrainedTokenizer {
  const { vocabSize = 30_000, minFrequency = 2, lowercase = true, limitAlphabet = 1000, modelMaxLength = 512 } =
    options;
  const normalizer = {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase,
  };
  const normalize = createNormalizer(new Fields(normalizer, "normalizer"));
  const split = createPreTokenizer(new Fields({ type: "BertPreTokenizer" }, "pre_tokenizer"));
  const words = countWords(
    texts,
    (text) => split(normalize(AlignedText.of(text.toWellFormed(), false))).map((word) => word.text),
  );
  const { vocab } = learnMerges(words, {
    vocabSize,
    minFrequency,
    limitAlphabet,
    specialTokens: SPECIAL_TOKENS,
    continuingSubwordPrefix: PREFIX,
  });
  return new PreTrainedTokenizer({
    tokenizerJson: JSON.stringify(toTokenizerJson(vocab, normalizer), null, 2),
    config: toConfig(lowercase, modelMaxLength),
  });
}

const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };

function toTokenizerJson(vocab: readonly string[], normalizer: Readonly<Record<string, unknown>>) {
  const special = (token: string, typeId: number) => ({ SpecialToken: { id: token, type_id: typeId } });
  const single = [special("[CLS]", 0), { Sequence: { id: "A", type_id: 0 } }, special("[SEP]", 0)];
  const entry = (token: string) => [token, { id: token, ids: [SPECIAL_TOKENS.indexOf(token)], tokens: [token] }];
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_TOKENS.map((content, id) => ({ id, content, ...flags })),
    normalizer,
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single,
      pair: [...single, { Sequence: { id: "B", type_id: 1 } }, special("[SEP]", 1)],
      special_tokens: Object.fromEntries([entry("[CLS]"), entry("[SEP]")]),
    },
    decoder: { type: "WordPiece", prefix: PREFIX, cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: PREFIX,
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocab.map((token, id) => [token, id])),
    },
  };
}

function toConfig(lowercase: boolean, modelMaxLength: number): Record<string, unknown> {
  return {
    added_tokens_decoder: Object.fromEntries(SPECIAL_TOKENS.map((content, id) => [id, { content, ...flags }])),
    clean_up_tokenization_spaces: true,
    cls_token: "[CLS]",
    do_lower_case: lowercase,
    mask_token: "[MASK]",
    model_max_length: modelMaxLength,
    pad_token: "[PAD]",
    sep_token: "[SEP]",
    strip_accents: null,
    tokenize_chinese_chars: true,
    tokenizer_class: "BertTokenizer",
    unk_token: "[UNK]",
  };
}
