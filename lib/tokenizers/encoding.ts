// What a text becomes, column by column: one entry a token in every column.

/** A place in the source text: [start, end) in UTF-16 units, so that `text.slice(start, end)` is the token's text. */
export type Offset = [start: number, end: number];

/** The tokens of one text before special tokens are put around them. */
export interface Tokens {
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  /** The word of the text that each token belongs to. */
  readonly wordIds: readonly (number | null)[];
  /** Only where offsets were asked for. */
  readonly offsets?: readonly Offset[];
  /** Whether these are tokens that truncation cut off, as a window of their own. */
  readonly isOverflow?: boolean;
}

/** What the model gets for one text or pair. */
export interface Encoding extends Omit<Tokens, "isOverflow"> {
  readonly typeIds: readonly number[];
  /** 0 for the first text, 1 for the second, null for special tokens and padding. */
  readonly sequenceIds: readonly (number | null)[];
  /** 1 for special tokens and padding. */
  readonly specialTokensMask: readonly number[];
  /** 0 for padding. */
  readonly attentionMask: readonly number[];
}

/** The tokens [from, to). */
export function sliceTokens(tokens: Tokens, from: number, to: number, isOverflow: boolean): Tokens {
  return {
    isOverflow,
    ids: tokens.ids.slice(from, to),
    tokens: tokens.tokens.slice(from, to),
    wordIds: tokens.wordIds.slice(from, to),
    offsets: tokens.offsets?.slice(from, to),
  };
}
