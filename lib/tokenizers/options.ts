// The options of a tokenizer call and what they come to: Transformers' rules for padding and truncation, with its defaults.
import { show } from "./fields.ts";
import type { Side, TruncationStrategy } from "./truncation.ts";

export type PaddingOption = boolean | "longest" | "max_length" | "do_not_pad";

/** How far and on which side to pad. */
export interface PaddingOptions {
  /** true or "longest": to the longest of the batch; "max_length": to `maxLength` or the model's limit. */
  padding?: PaddingOption;
  maxLength?: number;
  /** Rounds the padded length up, e.g. to 8. */
  padToMultipleOf?: number;
  paddingSide?: Side;
}

/** Options of `tokenizer(text, options)`, named as in Transformers. */
export interface TokenizerOptions extends PaddingOptions {
  /** The second text of a pair, or one for each text of the batch. */
  textPair?: string | readonly string[] | readonly (readonly string[])[];
  /** true is "longest_first": the longer text of a pair is cut first. */
  truncation?: boolean | TruncationStrategy | "do_not_truncate";
  /** How many tokens two windows share where a long text overflows. */
  stride?: number;
  addSpecialTokens?: boolean;
  /** The text comes as a list of words. */
  isSplitIntoWords?: boolean;
  returnTokenTypeIds?: boolean;
  returnAttentionMask?: boolean;
  returnOffsetsMapping?: boolean;
  returnSpecialTokensMask?: boolean;
  /** What truncation cuts off comes back as further rows. */
  returnOverflowingTokens?: boolean;
  returnLength?: boolean;
}

/** What a tokenizer knows that its options leave open. */
export interface Limits {
  readonly modelMaxLength: number;
  readonly paddingSide: Side;
}

export interface PaddingPlan {
  /** Pads to the longest row, or to this many tokens. */
  readonly length: "longest" | number;
  readonly multipleOf: number;
  readonly side: Side;
}

export interface TruncationPlan {
  readonly strategy: TruncationStrategy;
  readonly maxLength: number;
}

// Above this a model's maximum length means "none"; Transformers draws the same line.
const NO_LIMIT = 1e20;

const NAMES: Record<keyof TokenizerOptions, true> = {
  padding: true,
  maxLength: true,
  padToMultipleOf: true,
  paddingSide: true,
  textPair: true,
  truncation: true,
  stride: true,
  addSpecialTokens: true,
  isSplitIntoWords: true,
  returnTokenTypeIds: true,
  returnAttentionMask: true,
  returnOffsetsMapping: true,
  returnSpecialTokensMask: true,
  returnOverflowingTokens: true,
  returnLength: true,
};

/** @throws Error on a name that is no option: a notebook is not type-checked, and a misspelt option would go unnoticed. */
export function checkOptions(options: TokenizerOptions): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(NAMES, name)) continue;
    const camel = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    const hint = Object.hasOwn(NAMES, camel)
      ? `did you mean ${camel}?`
      : `options are ${Object.keys(NAMES).join(", ")}.`;
    throw new Error(`tokenizer: unknown option ${name}; ${hint}`);
  }
  for (const name of ["maxLength", "stride", "padToMultipleOf"] as const) {
    const value = options[name], least = name === "padToMultipleOf" ? 1 : 0;
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) continue;
    throw new Error(`tokenizer: ${name} is ${show(value)}; expected a whole number of ${least} or more.`);
  }
}

/** How to pad, or null for not at all. */
export function planPadding(options: PaddingOptions, limits: Limits): PaddingPlan | null {
  const { padding = false, maxLength, padToMultipleOf: multipleOf = 1, paddingSide: side = limits.paddingSide } =
    options;
  switch (padding) {
    case false:
    case "do_not_pad":
      return null;
    case true:
    case "longest":
      return { length: "longest", multipleOf, side };
    case "max_length": {
      const length = maxLength ?? limits.modelMaxLength;
      return length > NO_LIMIT ? null : { length, multipleOf, side };
    }
    default:
      throw new Error(`tokenizer: padding is ${show(padding)}; expected false, true, "longest" or "max_length".`);
  }
}

/** How to truncate, or null for not at all. A maxLength alone, without padding, truncates, as in Transformers. */
export function planTruncation(options: TokenizerOptions, limits: Limits): TruncationPlan | null {
  const { maxLength, padding = false, truncation = maxLength !== undefined && padding === false } = options;
  switch (truncation) {
    case false:
    case "do_not_truncate":
      return null;
    case true:
    case "longest_first":
    case "only_first":
    case "only_second": {
      const limit = maxLength ?? limits.modelMaxLength;
      return limit > NO_LIMIT
        ? null
        : { strategy: truncation === true ? "longest_first" : truncation, maxLength: limit };
    }
    default:
      throw new Error(
        `tokenizer: truncation is ${
          show(truncation)
        }; expected a boolean, "longest_first", "only_first" or "only_second".`,
      );
  }
}
