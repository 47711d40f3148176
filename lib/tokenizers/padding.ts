// Padding: of encodings inside a call, and of features in a collator.
import type { Encoding, Offset } from "./encoding.ts";
import { show } from "./fields.ts";
import type { PaddingPlan } from "./options.ts";
import type { Side } from "./truncation.ts";

/** What padding is made of. */
export interface PadToken {
  readonly id: number;
  readonly token: string;
  readonly typeId: number;
}

/** One row before collation: columns of token values, and plain numbers such as a label. */
export type Feature = Readonly<Record<string, unknown>>;

/** Columns after padding, one entry a row. */
export type PaddedColumns = Record<string, unknown[]> & { input_ids: number[][] };

/** Pads encodings to one length. */
export function padEncodings(encodings: readonly Encoding[], plan: PaddingPlan, pad: PadToken): Encoding[] {
  const target = paddedLength(encodings.map((encoding) => encoding.ids.length), plan);
  return encodings.map((encoding) => {
    const missing = target - encoding.ids.length;
    if (missing <= 0) return encoding;
    const fill = <T>(values: readonly T[], value: T) => padRow(values, value, missing, plan.side);
    return {
      ids: fill(encoding.ids, pad.id),
      tokens: fill(encoding.tokens, pad.token),
      typeIds: fill(encoding.typeIds, pad.typeId),
      wordIds: fill(encoding.wordIds, null),
      sequenceIds: fill(encoding.sequenceIds, null),
      specialTokensMask: fill(encoding.specialTokensMask, 1),
      attentionMask: fill(encoding.attentionMask, 0),
      offsets: encoding.offsets && fill<Offset>(encoding.offsets, [0, 0]),
    };
  });
}

/** Pads the token columns of rows that were tokenized one by one; other columns are collected as they are. */
export function padFeatures(
  features: readonly Feature[],
  padding: { plan: PaddingPlan; pad: PadToken } | null,
  withMask: boolean,
): PaddedColumns {
  if (features.length === 0) throw new Error("tokenizer.pad: there are no features to pad.");
  const rows = features.map((feature, i) => tokenRow(feature["input_ids"], "input_ids", i));
  const target = padding ? paddedLength(rows.map((row) => row.length), padding.plan) : 0;
  const stretch = (row: number[], value: number | undefined) =>
    padding && value !== undefined ? padRow(row, value, Math.max(0, target - row.length), padding.plan.side) : row;
  const fillers: Readonly<Record<string, number | undefined>> = {
    token_type_ids: padding?.pad.typeId,
    special_tokens_mask: 1,
    attention_mask: 0,
  };

  const columns: PaddedColumns = { input_ids: rows.map((row) => stretch(row, padding?.pad.id)) };
  for (const name of Object.keys(features[0])) {
    if (name === "input_ids") continue;
    columns[name] = features.map((feature, i) =>
      Object.hasOwn(fillers, name) ? stretch(tokenRow(feature[name], name, i), fillers[name]) : feature[name]
    );
  }
  if (withMask && !columns["attention_mask"]) {
    columns["attention_mask"] = rows.map((row) => stretch(new Array<number>(row.length).fill(1), 0));
  }
  return columns;
}

function paddedLength(lengths: readonly number[], { length, multipleOf }: PaddingPlan): number {
  const wanted = length === "longest" ? lengths.reduce((longest, n) => Math.max(longest, n), 0) : length;
  return Math.ceil(wanted / multipleOf) * multipleOf;
}

function padRow<T>(values: readonly T[], value: T, missing: number, side: Side): T[] {
  const filling = new Array<T>(missing).fill(value);
  return side === "right" ? [...values, ...filling] : [...filling, ...values];
}

function tokenRow(value: unknown, name: string, row: number): number[] {
  if (Array.isArray(value) || value instanceof Int32Array || value instanceof BigInt64Array) {
    return Array.from(value, Number);
  }
  throw new Error(`tokenizer.pad: ${name} of row ${row} is ${show(value)}; expected a list of token values.`);
}
