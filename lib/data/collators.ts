// Collators: from rows to the tensors of one batch.

import type { PaddingOptions, PreTrainedTokenizer } from "../tokenizers/mod.ts";
import type { Row } from "./cell.ts";
import { isText, type TensorBatch, tensorsOf, withLabels } from "./stacking.ts";

/** What makes a batch of rows: a collator of this library or any function. */
export type Collator<B = TensorBatch> = (rows: Row[]) => B | Promise<B>;

// An instance is a function: `collator(rows)` reads as in Python.
export interface DataCollatorWithPadding {
  (rows: readonly Row[]): TensorBatch;
}

/** Pads the rows of a batch to one length, as `tokenizer.pad` does, and calls their label `labels`. */
export class DataCollatorWithPadding {
  /**
   * `padding` is true or "longest" (to the longest row), "max_length" (to `maxLength`) or false.
   * The collator throws a TypeError for a column of text, and a RangeError for lists of several lengths that are no tokens.
   */
  constructor(tokenizer: Pick<PreTrainedTokenizer, "pad">, options: PaddingOptions = {}) {
    const collate = (rows: readonly Row[]) => {
      const columns = tokenizer.pad(rows.map(withLabels), options);
      return tensorsOf("DataCollatorWithPadding", columns);
    };
    return Object.setPrototypeOf(collate, new.target.prototype);
  }
}

/**
 * For rows that are of one length already: numbers and lists become tensors, texts are left out, the label is called `labels`.
 * @throws RangeError where the lengths differ
 */
export function defaultDataCollator(rows: readonly Row[]): TensorBatch {
  const labelled = rows.map(withLabels);
  const names = Object.keys(labelled.at(0) ?? {}).filter((name) => !isText(labelled[0][name]));
  return tensorsOf(
    "defaultDataCollator",
    Object.fromEntries(names.map((name) => [name, labelled.map((row) => row[name])])),
  );
}

export interface TokenClassificationOptions extends PaddingOptions {
  /** Stands where a row has no token: the loss leaves it out. Default -100. */
  readonly labelPadTokenId?: number;
}

export interface DataCollatorForTokenClassification {
  (rows: readonly Row[]): TensorBatch;
}

/** Pads rows with a label for each token; the labels are padded as the tokens are. */
export class DataCollatorForTokenClassification {
  /** The collator throws a RangeError for a row with more labels, or fewer, than tokens. */
  constructor(
    tokenizer: Pick<PreTrainedTokenizer, "pad" | "paddingSide">,
    { labelPadTokenId = -100, ...padding }: TokenClassificationOptions = {},
  ) {
    const collate = (rows: readonly Row[]) => {
      const labelled = rows.map(withLabels);
      const columns = tokenizer.pad(labelled.map(({ labels: _, ...row }) => row), padding);
      const length = columns.input_ids[0].length;
      const labels = labelled.map(({ labels, input_ids }, i) => {
        if (labels?.length !== input_ids.length) {
          throw new RangeError(
            `DataCollatorForTokenClassification: row ${i} has ${
              labels?.length ?? "no"
            } labels for ${input_ids.length} tokens; ` +
              `give each token one, ${labelPadTokenId} where it has none.`,
          );
        }
        const filling = new Array<number>(length - labels.length).fill(labelPadTokenId);
        const side = padding.paddingSide ?? tokenizer.paddingSide;
        return side === "right" ? [...labels, ...filling] : [...filling, ...labels];
      });
      return tensorsOf("DataCollatorForTokenClassification", { ...columns, labels });
    };
    return Object.setPrototypeOf(collate, new.target.prototype);
  }
}
