// The content of a tokenizer's files, and those files made from a bare vocabulary: BERT's kind (WordPiece), RoBERTa's kind (byte-level
// BPE) and ALBERT's kind (Unigram), as Transformers writes them. Training and old folders without tokenizer.json end up here.

/** The content of a tokenizer's files. */
export interface TokenizerFiles {
  /** The text of tokenizer.json. */
  readonly tokenizerJson: string;
  /** The content of tokenizer_config.json. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** What a folder may say about the tokenizer, with the keys of tokenizer_config.json; the rest has Transformers' defaults. */
export type ConfigEntries = Readonly<Record<string, unknown>>;

export const BERT_SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
export const ROBERTA_SPECIAL_TOKENS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];
export const ALBERT_SPECIAL_TOKENS = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"];
export const WORD_PIECE_PREFIX = "##";

/** Files of a tokenizer like BERT's. `vocab` lists the tokens by id. */
export function wordPieceFiles(vocab: readonly string[], entries: ConfigEntries): TokenizerFiles {
  const [pad, unk, cls, sep, mask] = BERT_SPECIAL_TOKENS;
  const config = {
    clean_up_tokenization_spaces: true,
    cls_token: cls,
    do_lower_case: true,
    mask_token: mask,
    model_max_length: 512,
    pad_token: pad,
    sep_token: sep,
    strip_accents: null,
    tokenize_chinese_chars: true,
    tokenizer_class: "BertTokenizer",
    unk_token: unk,
    ...entries,
  };
  const ids = new Map(vocab.map((token, id) => [token, id]));
  const special = [config.pad_token, config.unk_token, config.cls_token, config.sep_token, config.mask_token]
    .map((content) => ({ content, lstrip: false, normalized: false }));
  const added = addTokens(special, ids);
  const model = {
    type: "WordPiece",
    unk_token: config.unk_token,
    continuing_subword_prefix: WORD_PIECE_PREFIX,
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(vocab.map((token, id) => [token, id])),
  };
  return toFiles(config, added, {
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars,
      strip_accents: config.strip_accents,
      lowercase: config.do_lower_case,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: clsAndSep(config.cls_token, config.sep_token, added),
    decoder: { type: "WordPiece", prefix: WORD_PIECE_PREFIX, cleanup: true },
    model,
  });
}

/** Files of a tokenizer like RoBERTa's. `vocab` gives each token its id; `merges` come in the order they were learned. */
export function byteLevelFiles(
  vocab: ReadonlyMap<string, number>,
  merges: readonly (readonly [string, string])[],
  entries: ConfigEntries,
): TokenizerFiles {
  const [bos, pad, eos, unk, mask] = ROBERTA_SPECIAL_TOKENS;
  const config = {
    add_prefix_space: false,
    bos_token: bos,
    clean_up_tokenization_spaces: false,
    cls_token: bos,
    eos_token: eos,
    errors: "replace",
    mask_token: mask,
    model_max_length: 512,
    pad_token: pad,
    sep_token: eos,
    tokenizer_class: "RobertaTokenizer",
    trim_offsets: true,
    unk_token: unk,
    ...entries,
  };
  const plain = [config.cls_token, config.pad_token, config.sep_token, config.unk_token];
  const added = addTokens([
    ...plain.map((content) => ({ content, lstrip: false, normalized: true })),
    { content: config.mask_token, lstrip: true, normalized: false },
  ], vocab);
  const byteLevel = {
    type: "ByteLevel",
    add_prefix_space: config.add_prefix_space,
    trim_offsets: true,
    use_regex: true,
  };
  return toFiles(config, added, {
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: {
      type: "RobertaProcessing",
      sep: [config.sep_token, idIn(added, config.sep_token)],
      cls: [config.cls_token, idIn(added, config.cls_token)],
      trim_offsets: true,
      add_prefix_space: config.add_prefix_space,
    },
    decoder: { ...byteLevel, add_prefix_space: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: "",
      end_of_word_suffix: "",
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(vocab),
      merges,
    },
  });
}

/** Files of a tokenizer like ALBERT's, but without sentencepiece's table of characters. `pieces` come in the order of their ids. */
export function unigramFiles(pieces: readonly (readonly [string, number])[], entries: ConfigEntries): TokenizerFiles {
  const [pad, unk, cls, sep, mask] = ALBERT_SPECIAL_TOKENS;
  const config = {
    bos_token: cls,
    clean_up_tokenization_spaces: false,
    cls_token: cls,
    do_lower_case: true,
    eos_token: sep,
    keep_accents: false,
    mask_token: mask,
    model_max_length: 512,
    pad_token: pad,
    remove_space: true,
    sep_token: sep,
    tokenizer_class: "AlbertTokenizer",
    unk_token: unk,
    ...entries,
  };
  const ids = new Map(pieces.map(([piece], id) => [piece, id]));
  const added = addTokens([
    ...[pad, unk, cls, sep].map((content) => ({ content, lstrip: false, normalized: false })),
    { content: mask, lstrip: true, normalized: false },
  ], ids);
  const metaspace = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true };
  const quote = (marks: string) => ({ type: "Replace", pattern: { String: marks }, content: '"' });
  return toFiles(config, added, {
    normalizer: {
      type: "Sequence",
      normalizers: [quote("``"), quote("''"), { type: "NFKD" }, { type: "StripAccents" }, { type: "Lowercase" }],
    },
    pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "WhitespaceSplit" }, metaspace] },
    post_processor: clsAndSep(cls, sep, added),
    decoder: metaspace,
    model: { type: "Unigram", unk_id: ids.get(unk), vocab: pieces, byte_fallback: false },
  });
}

/** [CLS] text [SEP], and [CLS] text [SEP] other text [SEP]. */
function clsAndSep(cls: string, sep: string, added: readonly Added[]) {
  const single = [specialPiece(cls, 0), textPiece("A", 0), specialPiece(sep, 0)];
  const special = [cls, sep].map((token) => [token, { id: token, ids: [idIn(added, token)], tokens: [token] }]);
  return {
    type: "TemplateProcessing",
    single,
    pair: [...single, textPiece("B", 1), specialPiece(sep, 1)],
    special_tokens: Object.fromEntries(special),
  };
}

interface Added {
  readonly id: number;
  readonly content: string;
}

/** Entries of `added_tokens`; a special token that the vocabulary lacks gets the next free id. */
function addTokens(tokens: readonly { content: string }[], ids: ReadonlyMap<string, number>): Added[] {
  const unique = new Map(tokens.map((token) => [token.content, token]));
  let free = ids.size;
  return [...unique.values()]
    .map((token) => ({
      id: ids.get(token.content) ?? free++,
      single_word: false,
      rstrip: false,
      special: true,
      ...token,
    }))
    .sort((a, b) => a.id - b.id);
}

function idIn(added: readonly Added[], token: string): number | undefined {
  return added.find(({ content }) => content === token)?.id;
}

function specialPiece(id: string, typeId: number) {
  return { SpecialToken: { id, type_id: typeId } };
}

function textPiece(id: "A" | "B", typeId: number) {
  return { Sequence: { id, type_id: typeId } };
}

function toFiles(
  config: ConfigEntries,
  added: readonly Added[],
  parts: Readonly<Record<string, unknown>>,
): TokenizerFiles {
  const json = { version: "1.0", truncation: null, padding: null, added_tokens: added, ...parts };
  const decoder = Object.fromEntries(added.map(({ id, ...token }) => [id, token]));
  return { tokenizerJson: JSON.stringify(json, null, 2), config: { added_tokens_decoder: decoder, ...config } };
}
