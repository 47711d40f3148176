// One tokenizer call: texts and pairs to encodings, truncated, with special tokens, padded.
import type { Encoding, Offset, Tokens } from "./encoding.ts";
import type { TextInput } from "./inputs.ts";
import {
  type Limits,
  type PaddingPlan,
  planPadding,
  planTruncation,
  type TokenizerOptions,
  type TruncationPlan,
} from "./options.ts";
import { padEncodings, type PadToken } from "./padding.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import { assemble, countSpecial, type PostProcessor } from "./pipeline/post_processor.ts";
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
  const { postProcessor, truncationSide: side } = encoder, { addSpecialTokens = true, stride = 0 } = options;
  const template = pairs ? postProcessor.pair : postProcessor.single;
  const padding = planPadding(options, encoder), plan = planTruncation(options, encoder);
  const room = plan && checkedRoom(plan, padding, addSpecialTokens ? countSpecial(template) : 0, stride);

  const encodings: Encoding[] = [], samples: number[] = [];
  texts.forEach((text, sample) => {
    const inputs = pairs ? [text, pairs[sample]] : [text];
    const tokens = inputs.map((input) => encodeInput(encoder, input, options.returnOffsetsMapping === true));
    const windows = plan === null || room === null
      ? tokens.map((whole) => [whole])
      : truncate(tokens, { strategy: plan.strategy, room, stride, side });
    const rows = options.returnOverflowingTokens ? combine(windows) : [windows.map(([kept]) => kept)];
    for (const row of rows) {
      encodings.push(assemble(template, row, addSpecialTokens));
      samples.push(sample);
    }
  });
  return { encodings: padding ? padEncodings(encodings, padding, encoder.padToken()) : encodings, samples };
}

/** How many tokens truncation leaves beside the special ones. @throws Error where the options leave no way. */
function checkedRoom(
  { maxLength }: TruncationPlan,
  padding: PaddingPlan | null,
  specials: number,
  stride: number,
): number {
  if (maxLength < specials) {
    throw new Error(`tokenizer: maxLength ${maxLength} is below the ${specials} special tokens; raise it.`);
  }
  if (padding && maxLength % padding.multipleOf !== 0) {
    throw new Error(
      `tokenizer: maxLength ${maxLength} is no multiple of padToMultipleOf ${padding.multipleOf}; ` +
        `when both truncating and padding it must be.`,
    );
  }
  const room = maxLength - specials;
  if (stride === 0 || stride < room) return room;
  throw new Error(
    `tokenizer: stride ${stride} must be below the ${room} tokens that maxLength ${maxLength} leaves ` +
      `beside ${specials} special tokens.`,
  );
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
  const tokens = typeof input === "string"
    ? pipeline.encode(input, withOffsets)
    : joinWords(input.map((word) => pipeline.encode(word, withOffsets)), withOffsets);
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
