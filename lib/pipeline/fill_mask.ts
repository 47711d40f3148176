// pipeline("fill-mask"): the likeliest words at the mask, in the shapes that Transformers 4.57 returns.

import { selectRows } from "../nn/mod.ts";
import { type Tensor, tensor } from "../tensor/mod.ts";
import type { PreTrainedTokenizer, SingleEncoding, TokenizerOptions } from "../tokenizers/mod.ts";
import { type BatchOptions, logitRows, type LogitsModel, softmax } from "./logits.ts";

/** A word for a mask. */
export interface MaskFill {
  /** Its probability. */
  score: number;
  /** Its id. */
  token: number;
  tokenStr: string;
  /** The text with the word in place. */
  sequence: string;
}

/** The fills of one mask, best first; where a text has several masks a list for each, every mask by itself. */
export type MaskFills = MaskFill[] | MaskFill[][];

export interface FillMaskOptions extends BatchOptions, Pick<TokenizerOptions, "truncation" | "maxLength"> {
  /** How many words to return a mask. Default 5. */
  topK?: number;
  /** The only words to choose from; one that is no single token stands for its first. */
  targets?: string | readonly string[];
}

/** `await fill("The [MASK] sat.")`; a list of texts gives a list, of one text too. `.flat()` makes one list of either form. */
export interface MaskFiller {
  (text: string, options?: FillMaskOptions): Promise<MaskFills>;
  (texts: readonly string[], options?: FillMaskOptions): Promise<MaskFills[]>;
}

/** A text that is tokenized, and where its masks are. */
interface MaskedText {
  readonly encoding: SingleEncoding;
  readonly places: readonly number[];
}

/** Words for masks. @throws RangeError for a text without a mask and for an option that makes no sense, TypeError for what is no text */
export function maskFiller(model: LogitsModel, tokenizer: PreTrainedTokenizer): MaskFiller {
  async function fill(text: string, options?: FillMaskOptions): Promise<MaskFills>;
  async function fill(texts: readonly string[], options?: FillMaskOptions): Promise<MaskFills[]>;
  async function fill(
    input: string | readonly string[],
    options: FillMaskOptions = {},
  ): Promise<MaskFills | MaskFills[]> {
    const { topK = 5 } = options;
    if (!Number.isInteger(topK) || topK < 1) {
      throw new RangeError(`pipeline: topK is ${topK}; it must be a whole number of at least 1.`);
    }
    const targets = options.targets === undefined ? undefined : targetIds(tokenizer, options.targets);
    const texts = typeof input === "string" ? [input] : input;
    const masked = texts.map((text) => readMasks(tokenizer, text, options));
    const fills: MaskFills[] = [];
    const pick = (logits: Tensor, first: number) =>
      maskRows(logits, masked.slice(first), tokenizer.paddingSide === "left");
    const encodings = masked.map(({ encoding }) => encoding);
    for await (const rows of logitRows(model, tokenizer, encodings, options, pick)) {
      while (rows.length > 0) {
        const text = masked[fills.length];
        const found = rows.splice(0, text.places.length).map((logits, i) => {
          return best(softmax(logits), targets, topK).map(({ token, score }) =>
            fillOf(tokenizer, text, i, token, score)
          );
        });
        fills.push(found.length === 1 ? found[0] : found);
      }
    }
    return typeof input === "string" ? fills[0] : fills;
  }
  return fill;
}

function readMasks(
  tokenizer: PreTrainedTokenizer,
  text: string,
  { truncation, maxLength }: FillMaskOptions,
): MaskedText {
  const encoding = tokenizer(text, {
    ...(truncation !== undefined && { truncation }),
    ...(maxLength !== undefined && { maxLength }),
  });
  const { maskToken, maskTokenId } = tokenizer;
  const places = encoding.input_ids.flatMap((id, place) => id === maskTokenId ? [place] : []);
  if (places.length > 0) return { encoding, places };
  throw new RangeError(
    `pipeline: ${JSON.stringify(text.slice(0, 60))} has no mask; write ${maskToken} where a word is to be found.`,
  );
}

/** The logits at the masks of a batch: (batch, length, vocabulary) -> (masks, vocabulary). */
function maskRows(logits: Tensor, following: readonly MaskedText[], isLeftPadded: boolean): Tensor {
  const [batch, length, vocabulary] = logits.shape;
  const rows = following.slice(0, batch).flatMap(({ encoding, places }, row) => {
    const shift = isLeftPadded ? length - encoding.input_ids.length : 0;
    return places.map((place) => row * length + shift + place);
  });
  return selectRows(logits.reshape([batch * length, vocabulary]), tensor(Int32Array.from(rows)));
}

/** The likeliest tokens, of equals the first. */
function best(
  probabilities: Float32Array,
  targets: readonly number[] | undefined,
  topK: number,
): { token: number; score: number }[] {
  const tokens = targets ?? Array.from(probabilities.keys());
  const sorted = tokens.toSorted((a, b) => probabilities[b] - probabilities[a] || a - b);
  return sorted.slice(0, topK).map((token) => ({ token, score: probabilities[token] }));
}

function fillOf(
  tokenizer: PreTrainedTokenizer,
  { encoding, places }: MaskedText,
  mask: number,
  token: number,
  score: number,
): MaskFill {
  const ids = encoding.input_ids.with(places[mask], token);
  const sequence = tokenizer.decode(ids, { skipSpecialTokens: places.length === 1 }); // other masks stay to be seen
  return { score, token, tokenStr: tokenizer.decode([token]), sequence };
}

/** @throws RangeError where none of the targets is a token or begins with one */
function targetIds(tokenizer: PreTrainedTokenizer, targets: string | readonly string[]): number[] {
  const vocabulary = tokenizer.getVocab();
  const words = typeof targets === "string" ? [targets] : targets;
  const ids = words.flatMap((word) => {
    return vocabulary.get(word) ?? tokenizer.encode(word, { addSpecialTokens: false }).slice(0, 1);
  });
  if (ids.length > 0) return [...new Set(ids)];
  throw new RangeError(`pipeline: targets is ${JSON.stringify(targets)}; it must name at least one token.`);
}
