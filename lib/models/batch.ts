// What a model is fed: a collator's batch of int32 tensors, or nested arrays under the same names, checked before any arithmetic.

import { type NestedNumbers, Tensor, tensor } from "../tensor/mod.ts";

type Column = Tensor | NestedNumbers;

/** Columns of a batch by the names that files of this field hold: input_ids, attention_mask, token_type_ids, labels … */
export type Batch = Readonly<Record<string, Column>>;

/** The columns that models read, as a tokenizer's call on a list of texts gives them. */
export interface TextColumns {
  readonly input_ids: Column;
  readonly attention_mask?: Column;
  readonly token_type_ids?: Column;
  readonly labels?: Column;
  readonly next_sentence_label?: Column;
  readonly sentence_order_label?: Column;
}

/** What `forward` takes: a collator's batch, or what a tokenizer returned. */
export type ModelInputs = Batch | TextColumns;

/** Token ids with their mask and segment ids (none where a model has no segments), all (batch, length) on the host. */
export interface TextInputs {
  readonly batch: number;
  readonly length: number;
  readonly ids: Int32Array;
  readonly mask: Int32Array;
  readonly types: Int32Array;
}

export interface InputLimits {
  readonly vocabSize: number;
  readonly maxPositions: number;
  /** Left out where a model has no segments: it does not read the column then. */
  readonly typeVocabSize?: number;
}

const NO_TYPES = new Int32Array(0);

/**
 * Reads and checks the text columns of a batch; the mask defaults to ones, the segment ids to zeros.
 * @throws Error naming the column, the value and the limit
 */
export function textInputs(batch: ModelInputs, limits: InputLimits): TextInputs {
  const ids = ints(batch, "input_ids");
  if (!ids) {
    throw new Error(
      `The batch has no input_ids (it has ${Object.keys(batch).join(", ") || "nothing"}); tokenize the texts first.`,
    );
  }
  if (ids.shape.length !== 2) {
    throw new RangeError(
      `input_ids has shape (${ids.shape.join(", ")}); it must be (batch, length): tokenize a list of texts.`,
    );
  }
  const [rows, length] = ids.shape;
  if (length > limits.maxPositions) {
    throw new RangeError(
      `A text of ${length} tokens is longer than this model's ${limits.maxPositions} positions; tokenize with { truncation: true, maxLength: ${limits.maxPositions} }.`,
    );
  }
  const column = (name: keyof TextColumns, fallback: number) => {
    const found = ints(batch, name);
    if (!found) return new Int32Array(ids.values.length).fill(fallback);
    if (found.values.length === ids.values.length) return found.values;
    throw new RangeError(
      `${name} has shape (${found.shape.join(", ")}), input_ids (${ids.shape.join(", ")}); they must be the same.`,
    );
  };
  assertRange("input_ids", ids.values, limits.vocabSize, "the vocabulary's size");
  const types = limits.typeVocabSize === undefined ? NO_TYPES : column("token_type_ids", 0);
  assertRange("token_type_ids", types, limits.typeVocabSize ?? 0, "config.type_vocab_size");
  return { batch: rows, length, ids: ids.values, mask: column("attention_mask", 1), types };
}

/** A column of whole numbers with its shape, or undefined where the batch has none. @throws TypeError where it is not readable at once */
export function ints(
  batch: ModelInputs,
  name: keyof TextColumns,
): { values: Int32Array; shape: readonly number[] } | undefined {
  const column = batch[name];
  if (column === undefined) return undefined;
  const made = column instanceof Tensor ? column : tensor(column, { dtype: "int32" });
  const values = made.hostData;
  if (!values) {
    throw new TypeError(
      `${name} is ${made}; it must be an int32 tensor made on the host, or nested arrays of whole numbers.`,
    );
  }
  const fraction = column instanceof Tensor ? undefined : leaves(column).find((number, i) => number !== values[i]);
  if (fraction !== undefined) throw new TypeError(`${name} holds ${fraction}; it must hold whole numbers.`);
  return { values, shape: made.shape };
}

function leaves(values: NestedNumbers): number[] {
  return typeof values === "number" ? [values] : values.flatMap(leaves);
}

function assertRange(name: string, values: Int32Array, end: number, limit: string): void {
  const outside = values.find((value) => value < 0 || value >= end);
  if (outside === undefined) return;
  throw new RangeError(`${name} holds ${outside}; values must be at least 0 and less than ${end} (${limit}).`);
}
