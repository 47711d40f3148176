// The tokenizer of the course texts: a function object as in Transformers, `tokenizer(text, options)`, with methods.
// Names, defaults and results are those of Python's fast tokenizers.
import { BatchEncoding, type ListEncoding, type SingleEncoding, toColumns } from "./batch_encoding.ts";
import { cleanUp, createDecoder, type Decode } from "./pipeline/decoding.ts";
import { type Encoder, encodeRows } from "./encode.ts";
import { Fields, show } from "./fields.ts";
import { readInputs, type TextInput } from "./inputs.ts";
import { agreeWithConfig } from "./load_options.ts";
import { checkOptions, type PaddingOptions, planPadding, type TokenizerOptions } from "./options.ts";
import { type Feature, type PaddedColumns, padFeatures, type PadToken } from "./padding.ts";
import { createPipeline, type Pipeline } from "./pipeline/pipeline.ts";
import { countSpecial, createPostProcessor, type PostProcessor } from "./pipeline/post_processor.ts";
import { writeTokenizerFiles } from "./saving.ts";
import { allSpecialTokens, readSpecialTokens, type SpecialTokenRole, type SpecialTokensMap } from "./special_tokens.ts";
import { readInputNames, readMaxLength, readSide } from "./tokenizer_config.ts";
import type { TokenizerFiles } from "./tokenizer_files.ts";
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
   * @throws TypeError when a text is not a string; RangeError when an option is unknown or maxLength leaves no room.
   */
  (text: TextInput | readonly TextInput[], options: Overflowing): ListEncoding;
  (words: readonly string[], options: WordsOfOneText): SingleEncoding;
  (text: string, options?: TokenizerOptions): SingleEncoding;
  (texts: readonly TextInput[], options?: TokenizerOptions): ListEncoding;
}

/** `new` gives a function that hands its arguments to `_call` and has the methods of the class. */
abstract class Callable {
  constructor() {
    const self = Object.setPrototypeOf((...args: unknown[]) => self._call(...args), new.target.prototype);
    delete self.length;
    return self;
  }
}

/** A tokenizer read from tokenizer.json: call it with a text or a list of texts. */
export class PreTrainedTokenizer extends Callable {
  /** The longest input of the model, in tokens; 1e30 where the files name none. */
  modelMaxLength: number;
  paddingSide: Side;
  truncationSide: Side;
  readonly padTokenTypeId: number;
  /** The columns that the model takes, e.g. `["input_ids", "token_type_ids", "attention_mask"]`. */
  readonly modelInputNames: readonly string[];
  /** The special tokens by role; a role that the tokenizer lacks is missing. */
  readonly specialTokensMap: SpecialTokensMap;
  readonly #files: TokenizerFiles;
  readonly #pipeline: Pipeline;
  readonly #postProcessor: PostProcessor;
  readonly #decode: Decode;
  readonly #cleansUp: boolean;
  readonly #idOfToken: ReadonlyMap<string, number>;
  readonly #tokenOfId: ReadonlyMap<number, string>;

  /** @throws Error naming the field of the files that is wrong. */
  constructor(files: TokenizerFiles) {
    super();
    const config = new Fields(files.config, "tokenizer_config.json");
    const found = Fields.parse(files.tokenizerJson, "tokenizer.json"), json = agreeWithConfig(found, config);
    this.#files = json === found ? files : { ...files, tokenizerJson: JSON.stringify(json.raw, null, 2) };
    this.#pipeline = createPipeline(json);
    this.#postProcessor = createPostProcessor(json.optional("post_processor"));
    this.#decode = createDecoder(json.optional("decoder"));
    this.#cleansUp = config.boolean("clean_up_tokenization_spaces", false);
    const added = this.#pipeline.addedTokens.map((token): [string, number] => [token.content, token.id]);
    this.#idOfToken = new Map([...this.#pipeline.model.vocab, ...added]);
    this.#tokenOfId = new Map([...this.#idOfToken].map(([token, id]) => [id, token]));
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
    if (options.isSplitIntoWords && this.#files.config["add_prefix_space"] === false) {
      throw new Error(
        "tokenizer: a byte-level tokenizer needs add_prefix_space for words; join them with blanks instead.",
      );
    }
    const rows = encodeRows(this.#encoder(), texts, pairs, options);
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
    const { skipSpecialTokens = false, cleanUpTokenizationSpaces = this.#cleansUp } = options;
    const special = new Set(skipSpecialTokens ? this.#pipeline.specialIds : []);
    const tokens = Array.from(typeof ids === "number" ? [ids] : ids)
      .flatMap((id) => special.has(id) ? [] : this.#tokenOfId.get(id) ?? []);
    const text = this.#decode(tokens);
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
    return typeof tokens === "string" ? this.#idOf(tokens) : tokens.map((token) => this.#idOf(token));
  }

  /** The token of an id, or of each. @throws RangeError for an id outside the vocabulary. */
  convertIdsToTokens(id: number): string;
  convertIdsToTokens(ids: ArrayLike<number>, options?: { skipSpecialTokens?: boolean }): string[];
  convertIdsToTokens(
    ids: number | ArrayLike<number>,
    options: { skipSpecialTokens?: boolean } = {},
  ): string | string[] {
    if (typeof ids === "number") return this.#tokenOf(ids);
    const special = new Set(options.skipSpecialTokens ? this.allSpecialIds : []);
    return Array.from(ids).filter((id) => !special.has(id)).map((id) => this.#tokenOf(id));
  }

  /**
   * Pads rows that were tokenized one by one, as a collator gets them; columns other than those of tokens are collected.
   * @throws TypeError when a row has no `input_ids`.
   */
  pad(features: readonly Feature[], options: PaddingOptions = {}): PaddedColumns {
    checkOptions(options);
    const plan = planPadding({ padding: true, ...options }, this);
    return padFeatures(
      features,
      plan,
      this.#padTokenFor(plan !== null),
      this.modelInputNames.includes("attention_mask"),
    );
  }

  /** 1 for each id that is a special token's, else 0. */
  getSpecialTokensMask(ids: ArrayLike<number>): number[] {
    const special = new Set(this.allSpecialIds);
    return Array.from(ids, (id) => special.has(id) ? 1 : 0);
  }

  /** How many special tokens stand around one text, or a pair. */
  numSpecialTokensToAdd(isPair = false): number {
    return countSpecial(isPair ? this.#postProcessor.pair : this.#postProcessor.single);
  }

  /** Every token with its id, added tokens included. */
  getVocab(): Map<string, number> {
    return new Map(this.#idOfToken);
  }

  /** The size of the model's vocabulary; tokens added on top are not counted (see `length`). */
  get vocabSize(): number {
    return this.#pipeline.model.vocab.size;
  }

  /** The size of the vocabulary with added tokens: Python's `len(tokenizer)`. */
  get length(): number {
    return this.#idOfToken.size;
  }

  get allSpecialTokens(): string[] {
    return allSpecialTokens(this.specialTokensMap);
  }

  get allSpecialIds(): number[] {
    return this.convertTokensToIds(this.allSpecialTokens);
  }

  // Each of these throws an Error where the tokenizer has no such token; `specialTokensMap` tells without throwing.
  get bosToken(): string {
    return this.#special("bosToken");
  }
  get eosToken(): string {
    return this.#special("eosToken");
  }
  get unkToken(): string {
    return this.#special("unkToken");
  }
  get sepToken(): string {
    return this.#special("sepToken");
  }
  get padToken(): string {
    return this.#special("padToken");
  }
  get clsToken(): string {
    return this.#special("clsToken");
  }
  get maskToken(): string {
    return this.#special("maskToken");
  }
  get bosTokenId(): number {
    return this.#idOf(this.bosToken);
  }
  get eosTokenId(): number {
    return this.#idOf(this.eosToken);
  }
  get unkTokenId(): number {
    return this.#idOf(this.unkToken);
  }
  get sepTokenId(): number {
    return this.#idOf(this.sepToken);
  }
  get padTokenId(): number {
    return this.#idOf(this.padToken);
  }
  get clsTokenId(): number {
    return this.#idOf(this.clsToken);
  }
  get maskTokenId(): number {
    return this.#idOf(this.maskToken);
  }

  /** Writes tokenizer.json, tokenizer_config.json, special_tokens_map.json and the vocabulary files that Python writes. */
  async savePretrained(folder: string): Promise<void> {
    await writeTokenizerFiles(folder, this.#files);
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

  #special(role: SpecialTokenRole): string {
    const token = this.specialTokensMap[role];
    if (token !== undefined) return token;
    throw new Error(
      `This tokenizer has no ${role}; its special tokens are ${this.allSpecialTokens.join(", ") || "none"}.`,
    );
  }

  #idOf(token: string): number {
    const { unkToken } = this.specialTokensMap;
    const id = this.#idOfToken.get(token) ?? (unkToken === undefined ? undefined : this.#idOfToken.get(unkToken));
    if (id !== undefined) return id;
    throw new RangeError(
      `tokenizer: ${show(token)} is not in the vocabulary, and there is no unknown token to stand for it.`,
    );
  }

  #tokenOf(id: number): string {
    const token = this.#tokenOfId.get(id);
    if (token !== undefined) return token;
    throw new RangeError(`tokenizer: there is no token with the id ${id}; ids go from 0 to ${this.length - 1}.`);
  }

  #padTokenFor(isPadded: boolean): PadToken {
    const { padToken } = this.specialTokensMap;
    if (padToken === undefined && isPadded) {
      throw new Error("tokenizer: padding needs a pad token and this tokenizer has none; use padding: false.");
    }
    return {
      token: padToken ?? "",
      id: padToken === undefined ? 0 : this.#idOf(padToken),
      typeId: this.padTokenTypeId,
    };
  }

  #encoder(): Encoder {
    return {
      pipeline: this.#pipeline,
      postProcessor: this.#postProcessor,
      modelMaxLength: this.modelMaxLength,
      paddingSide: this.paddingSide,
      truncationSide: this.truncationSide,
      padToken: () => this.#padTokenFor(true),
    };
  }
}
