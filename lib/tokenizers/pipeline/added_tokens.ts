// Added tokens ([CLS], <mask>, …): found in a text before the model sees it. npm:@huggingface/tokenizers finds them too
// but drops their places and the blanks they take along, and knows no single_word.
import type { AlignedText } from "./aligned_text.ts";
import type { Fields } from "../fields.ts";

/** One entry of `added_tokens` in tokenizer.json. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Matches only where no letter or digit touches it. */
  readonly isSingleWord: boolean;
  /** Takes the blanks before it along. */
  readonly stripsLeft: boolean;
  /** Takes the blanks after it along. */
  readonly stripsRight: boolean;
  /** Is looked for in the normalized text, in its normalized spelling. */
  readonly isNormalized: boolean;
  readonly isSpecial: boolean;
}

/** A stretch of text, and the added token it is, if it is one. */
export interface Section {
  readonly text: AlignedText;
  readonly token?: AddedToken;
}

export function readAddedToken(config: Fields): AddedToken {
  const isSpecial = config.boolean("special", false);
  return {
    id: config.count("id"),
    content: config.string("content"),
    isSingleWord: config.boolean("single_word", false),
    stripsLeft: config.boolean("lstrip", false),
    stripsRight: config.boolean("rstrip", false),
    isNormalized: config.boolean("normalized", !isSpecial),
    isSpecial,
  };
}

/** Splits a text at these tokens, leftmost first, the longest where several start. `spell` is how a token is spelled in the text. */
export function splitterAt(tokens: readonly AddedToken[], spell: (token: AddedToken) => string) {
  const spelled = new Map(tokens.map((token) => [spell(token), token]));
  spelled.delete("");
  if (spelled.size === 0) return (text: AlignedText): Section[] => [{ text }];
  const longestFirst = [...spelled.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((content) => RegExp.escape(content)).join("|"), "gu");

  return (text: AlignedText): Section[] => {
    const sections: Section[] = [], source = text.text;
    let done = 0;
    for (const match of source.matchAll(pattern)) {
      const token = spelled.get(match[0]);
      let from = match.index, to = from + match[0].length;
      if (!token || (token.isSingleWord && touchesWord(source, from, to))) continue;
      if (token.stripsLeft) from = Math.max(done, blanksBefore(source, from));
      if (token.stripsRight) to = blanksAfter(source, to);
      if (done < from) sections.push({ text: text.slice(done, from) });
      sections.push({ text: text.slice(from, to), token });
      done = to;
    }
    if (done < source.length) sections.push({ text: text.slice(done, source.length) });
    return sections;
  };
}

/** Whether a letter, digit, mark or underscore stands right before `from` or right at `to`. */
function touchesWord(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 2), from), after = text.slice(to, to + 2);
  return /[\p{L}\p{N}\p{M}\p{Pc}]$/u.test(before) || /^[\p{L}\p{N}\p{M}\p{Pc}]/u.test(after);
}

const isBlank = (text: string, at: number) => /\p{White_Space}/u.test(text[at] ?? "");

function blanksBefore(text: string, at: number): number {
  while (isBlank(text, at - 1)) at--;
  return at;
}

function blanksAfter(text: string, at: number): number {
  while (isBlank(text, at)) at++;
  return at;
}
