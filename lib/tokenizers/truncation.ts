// Truncation as the Rust tokenizers do it: what is cut off comes back as further windows that overlap by `stride` tokens.
import { sliceTokens, type Tokens } from "./encoding.ts";

export type TruncationStrategy = "longest_first" | "only_first" | "only_second";
export type Side = "left" | "right";

export interface Truncation {
  readonly strategy: TruncationStrategy;
  /** How many tokens may be left in all, special tokens not counted. */
  readonly room: number;
  readonly stride: number;
  readonly side: Side;
}

/** Cuts one text or a pair to fit. Each text becomes its windows: the one that stays first, then what overflowed. */
export function truncate(texts: readonly Tokens[], { strategy, room, stride, side }: Truncation): Tokens[][] {
  const lengths = texts.map((text) => text.ids.length);
  const excess = lengths.reduce((sum, length) => sum + length, 0) - room;
  if (excess <= 0) return texts.map((text) => [text]);
  const cut = (index: number, length: number) => windows(texts[index], length, stride, side);
  if (strategy === "longest_first") {
    return fitLongestFirst(lengths, room).map((length, index) => cut(index, length));
  }
  const chosen = strategy === "only_first" ? 0 : 1;
  if (chosen >= texts.length) {
    throw new Error(`tokenizer: truncation "only_second" needs a textPair; use true or "only_first" for single texts.`);
  }
  const left = lengths[chosen] - excess;
  if (room > 0 && left <= 0) {
    throw new Error(
      `tokenizer: truncation "${strategy}" would have to remove ${excess} tokens from a text of ${lengths[chosen]}; ` +
        `raise maxLength or use "longest_first".`,
    );
  }
  return texts.map((text, index) => index === chosen || room === 0 ? cut(index, Math.max(0, left)) : [text]);
}

/** Lengths that fit: only the longer one is cut, until both are equal; then both. */
function fitLongestFirst(lengths: readonly number[], room: number): number[] {
  if (lengths.length === 1) return [room];
  const isSwapped = lengths[0] > lengths[1];
  let [short, long] = isSwapped ? [lengths[1], lengths[0]] : lengths;
  long = short > room ? short : Math.max(short, room - short);
  if (short + long > room) {
    short = Math.floor(room / 2);
    long = short + room % 2;
  }
  return isSwapped ? [long, short] : [short, long];
}

/** The windows of `length` tokens over a text, from the side that is kept, each repeating `stride` tokens of the one before. */
function windows(text: Tokens, length: number, stride: number, side: Side): Tokens[] {
  const total = text.ids.length;
  if (length >= total) return [text];
  if (length === 0) return [sliceTokens(text, 0, 0, false), { ...text, isOverflow: true }];
  if (stride >= length) {
    throw new Error(
      `tokenizer: stride ${stride} must be below the ${length} tokens that maxLength leaves for the text.`,
    );
  }
  const found: Tokens[] = [];
  for (let moved = 0;; moved += length - stride) {
    const from = side === "right" ? moved : Math.max(0, total - moved - length);
    const to = side === "right" ? Math.min(total, moved + length) : total - moved;
    found.push(sliceTokens(text, from, to, moved > 0));
    if (side === "right" ? to === total : from === 0) return found;
  }
}
