// The tokenizer of the course texts: a function object as in Transformers, `tokenizer(text, options)`, with methods.
// Names, defaults and results are those of Python's fast tokenizers.
import { BatchEncoding, type ListEncoding, type SingleEncoding, toColumns } from "./batch_encoding.ts";
import { encodeRows } from "./encode.ts";
import { Fields } from "./fields.ts";
import { readInputs, type TextInput } from "./inputs.ts";
import { checkOptions, type PaddingOptions, planPadding, type TokenizerOptions } from "./options.ts";
import { type Feature, type PaddedColumns, padFeatures, type PadToken } from "./padding.ts";
import { type Parts, readParts, withAddedTokens } from "./parts.ts";
import { cleanUp } from "./pipeline/decoding.ts";
import { countSpecial } from "./pipeline/post_processor.ts";
import { writeTokenizerFiles } from "./saving.ts";
import { readSpecialTokens, type SpecialTokensMap } from "./special_tokens.ts";
import { SpecialTokensMixin } from "./special_tokens_mixin.ts";
import { readInputNames, readMaxLength, readSide } from "./tokenizer_config.ts";
import type { ConfigEntries, TokenizerFiles } from "./tokenizer_files.ts";
import type { Side } from "./truncation.ts";

/** Options of `decode` and `batchDecode`. */
export interface DecodeOptions {
  skipSpecialTokens?: boolean;
  /** Takes the blanks before punctuation away; the tokenizer's own setting unless given. */
  cleanUpTokenizationSpaces?: boolean;
}

type Overflowing = TokenizerOptions & { returnOverflowingTokens: true };
type WordsOfOneText = TokenizerOptions & { isSplitIntoWords: true };

export interface PreTrainedTokenizer {
  /**
   * Tokenizes one text or a list of texts.
   * @throws TypeError when a text is not a string; Error when an option is unknown or maxLength leaves no room.
   */
  (text: TextInput | readonly TextInput[], options: Overflowing): ListEncoding;
  (words: readonly string[], options: WordsOfOneText): SingleEncoding;
  (text: string, options?: TokenizerOptions): SingleEncoding;
  (texts: readonly TextInput[], options?: TokenizerOptions): ListEncoding;
}

/** A tokenizer read from tokenizer.json: call it with a text or a list of texts. */
export class PreTrainedTokenizer extends SpecialTokensMixin {
  /** The longest input of the model, in tokens; 1e30 where the files name none. */
  modelMaxLength: number;
  paddingSide: Side;
  truncationSide: Side;
  readonly padTokenTypeId: number;
  /** The columns that the model takes, e.g. `["input_ids", "token_type_ids", "attention_mask"]`. */
  readonly modelInputNames: readonly string[];
  readonly specialTokensMap: SpecialTokensMap;
  #parts: Parts;

  /** @throws Error naming the field of the files that is wrong. */
  constructor(files: TokenizerFiles) {
    super();
    const config = new Fields(files.config, "tokenizer_config.json");
    this.#parts = readParts(files);
    this.specialTokensMap = readSpecialTokens(config);
    this.modelMaxLength = readMaxLength(config);
    this.paddingSide = readSide(config, "padding_side");
    this.truncationSide = readSide(config, "truncation_side");
    this.padTokenTypeId = config.count("pad_token_type_id", 0);
    this.modelInputNames = readInputNames(config);
  }

  /** Carries out `tokenizer(text, options)`. */
  _call(text: unknown, options: TokenizerOptions = {}): BatchEncoding<unknown, unknown> {
    checkOptions(options);
    const { texts, pairs, isBatch } = readInputs(text, options.textPair, options.isSplitIntoWords === true);
    const { pipeline, postProcessor, files } = this.#parts;
    if (options.isSplitIntoWords && files.config["add_prefix_space"] === false) {
      throw new Error("tokenizer: for words a byte-level tokenizer must be loaded with addPrefixSpace: true.");
    }
    const { modelMaxLength, paddingSide, truncationSide } = this, padToken = () => this.#padToken();
    const encoder = { pipeline, postProcessor, modelMaxLength, paddingSide, truncationSide, padToken };
    const rows = encodeRows(encoder, texts, pairs, options);
    const isNested = isBatch || options.returnOverflowingTokens === true;
    return new BatchEncoding(toColumns(rows, isNested, options, this.modelInputNames), rows.encodings);
  }

  /** The tokens of a text, without special tokens unless `addSpecialTokens` is true. */
  tokenize(text: string, options: TokenizerOptions = {}): string[] {
    return this(text, { addSpecialTokens: false, ...options }).tokens();
  }

  /** The ids of a text, special tokens included. */
  encode(text: string, options: TokenizerOptions = {}): number[] {
    return this(text, options).input_ids;
  }

  /** The text that ids stand for. Ids that the vocabulary lacks are left out, as in the Rust library. */
  decode(ids: number | ArrayLike<number>, options: DecodeOptions = {}): string {
    const { skipSpecialTokens = false, cleanUpTokenizationSpaces = this.#parts.cleansUp } = options;
    const special = new Set(skipSpecialTokens ? this.#parts.pipeline.specialIds : []);
    const tokens = Array.from(typeof ids === "number" ? [ids] : ids)
      .flatMap((id) => special.has(id) ? [] : this.#parts.vocabulary.findToken(id) ?? []);
    const text = this.#parts.decode(tokens);
    return cleanUpTokenizationSpaces ? cleanUp(text) : text;
  }

  /** The texts that rows of ids stand for. */
  batchDecode(rows: readonly ArrayLike<number>[], options: DecodeOptions = {}): string[] {
    return rows.map((ids) => this.decode(ids, options));
  }

  /** The id of a token, or of each; a token that the vocabulary lacks has the unknown token's. */
  convertTokensToIds(token: string): number;
  convertTokensToIds(tokens: readonly string[]): number[];
  convertTokensToIds(tokens: string | readonly string[]): number | number[] {
    const idOf = (token: string) => this.#parts.vocabulary.idOf(token, this.specialTokensMap.unkToken);
    return typeof tokens === "string" ? idOf(tokens) : tokens.map(idOf);
  }

  /** The token of an id, or of each. @throws RangeError for an id outside the vocabulary. */
  convertIdsToTokens(id: number): string;
  convertIdsToTokens(ids: ArrayLike<number>, options?: { skipSpecialTokens?: boolean }): string[];
  convertIdsToTokens(
    ids: number | ArrayLike<number>,
    options: { skipSpecialTokens?: boolean } = {},
  ): string | string[] {
    if (typeof ids === "number") return this.#parts.vocabulary.tokenOf(ids);
    const special = new Set(options.skipSpecialTokens ? this.allSpecialIds : []);
    return Array.from(ids).filter((id) => !special.has(id)).map((id) => this.#parts.vocabulary.tokenOf(id));
  }

  /**
   * Pads rows that were tokenized one by one, as a collator gets them; columns other than those of tokens are collected.
   * @throws TypeError when a row has no `input_ids`.
   */
  pad(features: readonly Feature[], options: PaddingOptions = {}): PaddedColumns {
    checkOptions(options);
    const plan = planPadding({ padding: true, ...options }, this);
    const padding = plan && { plan, pad: this.#padToken() };
    return padFeatures(features, padding, this.modelInputNames.includes("attention_mask"));
  }

  /** How many special tokens stand around one text, or a pair. */
  numSpecialTokensToAdd(isPair = false): number {
    return countSpecial(isPair ? this.#parts.postProcessor.pair : this.#parts.postProcessor.single);
  }

  /** Every token with its id, added tokens included. */
  getVocab(): Map<string, number> {
    return this.#parts.vocabulary.entries();
  }

  /** The size of the model's vocabulary; tokens added on top are not counted (see `length`). */
  get vocabSize(): number {
    return this.#parts.vocabulary.modelSize;
  }

  /** The size of the vocabulary with added tokens: Python's `len(tokenizer)`. */
  get length(): number {
    return this.#parts.vocabulary.size;
  }

  /**
   * Adds tokens that texts are searched for before anything else, and returns how many are new. A model needs a row of
   * its embedding for each: `await model.resizeTokenEmbeddings(tokenizer.length)`.
   */
  addTokens(tokens: string | readonly string[], options: { specialTokens?: boolean } = {}): number {
    const wanted = new Set(typeof tokens === "string" ? [tokens] : tokens);
    const fresh = [...wanted].filter((token) => token !== "" && this.#parts.vocabulary.findId(token) === undefined);
    if (fresh.length > 0) this.#parts = withAddedTokens(this.#parts, fresh, options.specialTokens === true);
    return fresh.length;
  }

  /** Writes tokenizer.json, tokenizer_config.json, special_tokens_map.json and the vocabulary files that Python writes. */
  async savePretrained(folder: string): Promise<void> {
    await writeTokenizerFiles(folder, { ...this.#parts.files, config: this.#config() });
  }

  override toString(): string {
    const { additionalSpecialTokens, ...roles } = this.specialTokensMap;
    const special = [...Object.entries(roles), ...additionalSpecialTokens.map((token) => ["additional", token])];
    return `PreTrainedTokenizer(vocabSize=${this.vocabSize}, modelMaxLength=${this.modelMaxLength}, ` +
      `paddingSide="${this.paddingSide}", truncationSide="${this.truncationSide}", ` +
      `specialTokens={${special.map(([role, token]) => `${role}: "${token}"`).join(", ")}})`;
  }

  /** What Deno prints, in a notebook too. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** The configuration as it would be saved: what was set on the tokenizer since it was read is in it. */
  #config(): ConfigEntries {
    const { config } = this.#parts.files, read = new Fields(config, "tokenizer_config.json");
    return {
      ...config,
      ...(this.modelMaxLength === readMaxLength(read) ? {} : { model_max_length: this.modelMaxLength }),
      ...(this.paddingSide === readSide(read, "padding_side") ? {} : { padding_side: this.paddingSide }),
      ...(this.truncationSide === readSide(read, "truncation_side") ? {} : { truncation_side: this.truncationSide }),
    };
  }

  #padToken(): PadToken {
    if (this.specialTokensMap.padToken === undefined) {
      throw new Error("tokenizer: padding needs a pad token and this tokenizer has none; use padding: false.");
    }
    return { token: this.padToken, id: this.padTokenId, typeId: this.padTokenTypeId };
  }
}
