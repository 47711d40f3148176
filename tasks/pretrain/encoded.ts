// Texts as token ids, all in one array, and where in its text each token begins: what batches are made of.

import type { PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";

/** Tokens of a text at most, special tokens included; what is longer is cut off. */
export const MAX_LENGTH = 128;

export interface Encoded {
  readonly rows: number;
  readonly tokens: number;
  /** The ids of all rows, one after the other; row i ends where row i + 1 begins. */
  readonly ids: Uint16Array;
  /** Where each row begins, and the end of the last (rows + 1). */
  readonly starts: Uint32Array;
  /** Where each token begins in its text, in UTF-16 units, and where it ends; both 0 for special tokens. */
  readonly from: Uint16Array;
  readonly to: Uint16Array;
}

/** A row's ids with the mask that a collator pads. */
export function rowOf({ ids, starts }: Encoded, row: number): { input_ids: number[]; attention_mask: number[] } {
  const input_ids = Array.from(ids.subarray(starts[row], starts[row + 1]));
  return { input_ids, attention_mask: input_ids.map(() => 1) };
}

const TEXTS_AT_ONCE = 512;

/** @throws RangeError for a vocabulary of more than 65,536 tokens */
export function encodeAll(texts: readonly string[], tokenizer: PreTrainedTokenizer): Encoded {
  if (tokenizer.length > 2 ** 16) {
    throw new RangeError(`encodeAll: the vocabulary has ${tokenizer.length} tokens; ids are kept in 16 bits.`);
  }
  const ids: number[] = [], starts = [0], from: number[] = [], to: number[] = [];
  for (let at = 0; at < texts.length; at += TEXTS_AT_ONCE) {
    const some = texts.slice(at, at + TEXTS_AT_ONCE);
    const options = { truncation: true, maxLength: MAX_LENGTH, returnOffsetsMapping: true };
    const { input_ids, offset_mapping = [] } = tokenizer(some, options);
    input_ids.forEach((row, i) => {
      row.forEach((id, j) => {
        ids.push(id);
        from.push(offset_mapping[i][j][0]);
        to.push(offset_mapping[i][j][1]);
      });
      starts.push(ids.length);
    });
  }
  return {
    rows: texts.length,
    tokens: ids.length,
    ids: Uint16Array.from(ids),
    starts: Uint32Array.from(starts),
    from: Uint16Array.from(from),
    to: Uint16Array.from(to),
  };
}
