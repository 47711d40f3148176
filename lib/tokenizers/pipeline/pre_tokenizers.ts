// Pre-tokenizers of tokenizer.json: a normalized text into the words that the model then cuts up. Those of
// npm:@huggingface/tokenizers return bare strings, so the cutting is done here, with positions; it also counts U+FEFF as a
// blank and U+0085 not, and leaves Metaspace's text in one piece. Patterns that tokenizer.json carries are rewritten by it.
import { type Fields, show } from "../fields.ts";
import type { AlignedText } from "./aligned_text.ts";
import { NOT_ITSELF, spellBytes } from "./byte_level.ts";
import { wordStarts } from "./byte_level_words.ts";
import { compileRegex, readPattern } from "./patterns.ts";

/** Cuts a text into words. */
export type PreTokenizer = (text: AlignedText) => AlignedText[];

/** What becomes of what a pattern matches. */
type Behavior = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous";

// Patterns that match one character at a time: JavaScript's stack overflows on loops over some million characters.
const BLANK = /\p{White_Space}/gu;
const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]/gu;
const BLANK_OR_PUNCTUATION = /[\p{White_Space}\p{P}!-/:-@[-`{-~]/gu;

/** Builds the pre-tokenizer that a section of tokenizer.json describes. @throws Error on an unknown type. */
export function createPreTokenizer(config: Fields): PreTokenizer {
  switch (config.type) {
    case "Sequence": {
      const steps = config.objects("pretokenizers").map(createPreTokenizer);
      return (text) => steps.reduce((words, step) => words.flatMap((word) => step(word)), [text]);
    }
    case "BertPreTokenizer":
      return wordsBetween(BLANK_OR_PUNCTUATION);
    case "WhitespaceSplit":
      return wordsBetween(BLANK);
    case "Whitespace":
      return matchesOf(compileRegex(String.raw`\w+|[^\w\s]+`));
    case "Punctuation":
      return splitAt(PUNCTUATION, readBehavior(config, "Isolated"));
    case "Digits":
      return splitAt(/\p{N}/gu, config.boolean("individual_digits", false) ? "Isolated" : "Contiguous");
    case "Split": {
      const pattern = readPattern(config.section("pattern"));
      if (!config.boolean("invert", false)) return splitAt(pattern, readBehavior(config));
      throw new Error(`${config.where}: Split with invert is not supported.`);
    }
    case "ByteLevel":
      return byteLevel(config);
    case "Metaspace":
      return metaspace(config);
    default:
      throw new Error(`${config.where}: pre-tokenizer ${config.type} is not supported.`);
  }
}

/** What lies between the matches of a global pattern, and the matches themselves unless they are blank. */
function wordsBetween(pattern: RegExp): PreTokenizer {
  return (text) => {
    const words: AlignedText[] = [];
    let done = 0;
    for (const { index, 0: sign } of text.text.matchAll(pattern)) {
      if (index > done) words.push(text.slice(done, index));
      done = index + sign.length;
      if (sign !== " " && !/\p{White_Space}/u.test(sign)) words.push(text.slice(index, done));
    }
    if (done < text.text.length) words.push(text.slice(done, text.text.length));
    return words;
  };
}

/** The matches of a global pattern; what lies between them is dropped. */
function matchesOf(pattern: RegExp): PreTokenizer {
  return (text) =>
    Array.from(text.text.matchAll(pattern), ({ index, 0: match }) => text.slice(index, index + match.length));
}

/** Splits at the matches of a global pattern. */
function splitAt(pattern: RegExp, behavior: Behavior): PreTokenizer {
  return (text) => {
    const parts: { from: number; to: number; isMatch: boolean }[] = [];
    let done = 0;
    const add = (to: number, isMatch: boolean) => {
      const last = parts.at(-1);
      const joins = last !== undefined && (behavior === "Contiguous" && isMatch === last.isMatch ||
        behavior === "MergedWithPrevious" && isMatch && !last.isMatch ||
        behavior === "MergedWithNext" && !isMatch && last.isMatch);
      if (joins) Object.assign(last, { to, isMatch });
      else if (to > done) parts.push({ from: done, to, isMatch });
      done = to;
    };
    for (const { index, 0: match } of text.text.matchAll(pattern)) {
      if (index > done) add(index, false);
      if (match !== "") add(index + match.length, true);
    }
    if (done < text.text.length) add(text.text.length, false);
    const kept = behavior === "Removed" ? parts.filter((part) => !part.isMatch) : parts;
    return kept.map(({ from, to }) => text.slice(from, to));
  };
}

function readBehavior(config: Fields, otherwise?: Behavior): Behavior {
  const name = config.string("behavior", otherwise);
  switch (name) {
    case "Removed":
    case "Isolated":
    case "MergedWithPrevious":
    case "MergedWithNext":
    case "Contiguous":
      return name;
    default:
      throw new Error(`${config.where}.behavior is ${show(name)}; it is not supported.`);
  }
}

function byteLevel(config: Fields): PreTokenizer {
  const addsPrefix = config.boolean("add_prefix_space", true), splits = config.boolean("use_regex", true);
  return (text) => {
    const prefixed = addsPrefix && !text.text.startsWith(" ") ? text.prepend(" ") : text;
    const starts = splits ? wordStarts(prefixed.text) : [0];
    return starts.map((start, i) =>
      prefixed.slice(start, starts[i + 1] ?? prefixed.text.length).replace(NOT_ITSELF, spellBytes)
    );
  };
}

/** Blanks become ▁, one is put in front, and every ▁ starts a word. */
function metaspace(config: Fields): PreTokenizer {
  const mark = config.string("replacement", "▁");
  const scheme = config.boolean("add_prefix_space", true) ? config.string("prepend_scheme", "always") : "never";
  const atMark = splitAt(new RegExp(RegExp.escape(mark), "gu"), "MergedWithNext");
  const split = config.boolean("split", true) ? atMark : (text: AlignedText) => [text];
  return (text) => {
    const marked = text.replace(/ /g, () => mark);
    const isPrefixed = scheme === "always" || (scheme === "first" && text.isFirst);
    return split(isPrefixed && !marked.text.startsWith(mark) ? marked.prepend(mark) : marked);
  };
}
