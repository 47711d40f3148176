// What a tokenizer call returns: plain columns under the names that models take, and where each token came from.
import type { Rows } from "./encode.ts";
import type { Encoding, Offset } from "./encoding.ts";
import type { TokenizerOptions } from "./options.ts";

/**
 * The columns of a tokenizer call: lists of numbers for one text, lists of lists for a batch. Only the columns are
 * enumerable, so the result of a call can be returned as it is from `dataset.map`.
 */
export class BatchEncoding<Column = number[], Offsets = Offset[]> {
  declare input_ids: Column;
  declare token_type_ids?: Column;
  declare attention_mask?: Column;
  declare special_tokens_mask?: Column;
  /** UTF-16 units of the source: `text.slice(start, end)` is the token's text; [0, 0] for special tokens. */
  declare offset_mapping?: Offsets;
  /** Which text each row comes from, where overflowing tokens make more rows than texts. */
  declare overflow_to_sample_mapping?: number[];
  declare length?: number[];
  readonly #encodings: readonly Encoding[];

  constructor(columns: Readonly<Record<string, unknown>>, encodings: readonly Encoding[]) {
    this.#encodings = encodings;
    Object.assign(this, columns);
  }

  /** The word of the text that each token of row `batchIndex` belongs to; null for special tokens and padding. */
  wordIds(batchIndex = 0): (number | null)[] {
    return [...this.#row(batchIndex).wordIds];
  }

  /** 0 where a token of row `batchIndex` is of the first text, 1 of the second; null for special tokens and padding. */
  sequenceIds(batchIndex = 0): (number | null)[] {
    return [...this.#row(batchIndex).sequenceIds];
  }

  /** The tokens of row `batchIndex`, special tokens included. */
  tokens(batchIndex = 0): string[] {
    return [...this.#row(batchIndex).tokens];
  }

  #row(batchIndex: number): Encoding {
    const row = this.#encodings[batchIndex];
    if (row) return row;
    throw new Error(`BatchEncoding: there is no row ${batchIndex}; it has ${this.#encodings.length}.`);
  }
}

/** The result of a call for one text. */
export type SingleEncoding = BatchEncoding<number[], Offset[]>;
/** The result of a call for a list of texts. */
export type ListEncoding = BatchEncoding<number[][], Offset[][]>;

/** Collects the asked-for columns: a list for each row, or only the first row's where nothing is nested. */
export function toColumns(
  { encodings, samples }: Rows,
  isNested: boolean,
  options: TokenizerOptions,
  modelInputNames: readonly string[],
): Record<string, unknown> {
  const { returnTokenTypeIds = modelInputNames.includes("token_type_ids") } = options;
  const { returnAttentionMask = modelInputNames.includes("attention_mask") } = options;
  const column = (read: (row: Encoding) => unknown) => isNested ? encodings.map(read) : read(encodings[0]);
  const columns: Record<string, unknown> = { input_ids: column((row) => row.ids) };
  if (returnTokenTypeIds) columns["token_type_ids"] = column((row) => row.typeIds);
  if (returnAttentionMask) columns["attention_mask"] = column((row) => row.attentionMask);
  if (options.returnSpecialTokensMask) columns["special_tokens_mask"] = column((row) => row.specialTokensMask);
  if (options.returnOffsetsMapping) columns["offset_mapping"] = column((row) => row.offsets);
  if (options.returnLength) columns["length"] = encodings.map((row) => row.ids.length);
  if (options.returnOverflowingTokens) columns["overflow_to_sample_mapping"] = [...samples];
  return columns;
}
