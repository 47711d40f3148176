// One tokenizer call: texts and pairs to encodings, truncated, with special tokens, padded.
import { type Encoding, type Offset, type Tokens } from "./encoding.ts";
import { type Limits, planPadding, planTruncation, type TokenizerOptions } from "./options.ts";
import { padEncodings, type PadToken } from "./padding.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import { assemble, countSpecial, type PostProcessor } from "./pipeline/post_processor.ts";
import type { TextInput } from "./inputs.ts";
import { type Side, truncate } from "./truncation.ts";

/** What encoding needs to know of a tokenizer. */
export interface Encoder extends Limits {
  readonly pipeline: Pipeline;
  readonly postProcessor: PostProcessor;
  readonly truncationSide: Side;
  /** Throws where the tokenizer has none, so it is asked for only when something is padded. */
  readonly padToken: () => PadToken;
}

/** The rows of a call, and which text each row comes from. */
export interface Rows {
  readonly encodings: readonly Encoding[];
  readonly samples: readonly number[];
}

/** Encodes texts, each with its pair if there are pairs. */
export function encodeRows(
  encoder: Encoder,
  texts: readonly TextInput[],
  pairs: readonly TextInput[] | undefined,
  options: TokenizerOptions,
): Rows {
  const { postProcessor } = encoder, { addSpecialTokens = true, stride = 0 } = options;
  const template = pairs ? postProcessor.pair : postProcessor.single;
  const specials = addSpecialTokens ? countSpecial(template) : 0;
  const padding = planPadding(options, encoder), truncation = planTruncation(options, encoder);
  if (truncation && truncation.maxLength < specials) {
    throw new Error(`tokenizer: maxLength ${truncation.maxLength} is below the ${specials} special tokens; raise it.`);
  }
  if (truncation && padding && truncation.maxLength % padding.multipleOf !== 0) {
    throw new Error(
      `tokenizer: truncation to ${truncation.maxLength} tokens and padToMultipleOf ${padding.multipleOf} contradict ` +
        `each other; use a maxLength that is a multiple of it.`,
    );
  }
  const room = truncation && truncation.maxLength - specials;
  if (truncation && room !== null && stride > 0 && stride >= room) {
    throw new Error(
      `tokenizer: stride ${stride} must be below the ${room} tokens that maxLength ${truncation.maxLength} leaves ` +
        `beside ${specials} special tokens.`,
    );
  }

  const encodings: Encoding[] = [], samples: number[] = [];
  texts.forEach((text, sample) => {
    const inputs = pairs ? [text, pairs[sample]] : [text];
    const tokens = inputs.map((input) => encodeInput(encoder, input, options.returnOffsetsMapping === true));
    const cut = truncation === null || room === null
      ? tokens.map((only) => [only])
      : truncate(tokens, { strategy: truncation.strategy, room, stride, side: encoder.truncationSide });
    const windows = options.returnOverflowingTokens ? combine(cut) : [cut.map(([kept]) => kept)];
    for (const window of windows) {
      encodings.push(assemble(template, window, addSpecialTokens));
      samples.push(sample);
    }
  });
  return { encodings: padding ? padEncodings(encodings, padding, encoder.padToken()) : encodings, samples };
}

/** Every window of the first text with every window of the second, in the Rust library's order. */
function combine([firsts, seconds]: readonly (readonly Tokens[])[]): Tokens[][] {
  if (!seconds) return firsts.map((first) => [first]);
  const [first, ...moreFirsts] = firsts, [, ...moreSeconds] = seconds;
  return [
    [first, seconds[0]],
    ...moreFirsts.flatMap((other) => seconds.map((second) => [other, second])),
    ...moreSeconds.map((second) => [first, second]),
  ];
}

function encodeInput({ pipeline, postProcessor }: Encoder, input: TextInput, withOffsets: boolean): Tokens {
  const tokens = typeof input === "string" ? pipeline.encode(input, withOffsets) : joinWords(
    input.map((word) => pipeline.encode(word, withOffsets)),
    withOffsets,
  );
  const { trim } = postProcessor;
  if (!trim || !tokens.offsets) return tokens;
  return { ...tokens, offsets: trimOffsets(tokens.tokens, tokens.offsets, trim.hasPrefixSpace) };
}

/** A text that came in words: word ids count those, offsets count from the start of each. */
function joinWords(words: readonly Tokens[], withOffsets: boolean): Tokens {
  return {
    ids: words.flatMap((word) => word.ids),
    tokens: words.flatMap((word) => word.tokens),
    wordIds: words.flatMap((word, i) => word.ids.map(() => i)),
    offsets: withOffsets ? words.flatMap((word) => word.offsets ?? []) : undefined,
  };
}

/** Cuts the blanks at a byte-level token's ends off its offset. */
function trimOffsets(tokens: readonly string[], offsets: readonly Offset[], hasPrefixSpace: boolean): Offset[] {
  return offsets.map(([start, end], i) => {
    const [leading] = /^[Ġ\p{White_Space}]*/u.exec(tokens[i]) ?? [""];
    const [trailing] = /[Ġ\p{White_Space}]*$/u.exec(tokens[i]) ?? [""];
    const isAdded = leading !== "" && hasPrefixSpace && (i === 0 || start === 0);
    const from = Math.min(start + leading.length - (isAdded ? 1 : 0), end);
    return [from, end >= trailing.length ? Math.max(end - trailing.length, from) : end];
  });
}
