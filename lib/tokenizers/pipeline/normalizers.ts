// Normalizers of tokenizer.json, each from aligned text to aligned text. Why not those of npm:@huggingface/tokenizers:
// they forget where characters came from, lowercase Σ by its place in the word, take rare Han characters apart into
// surrogates, and approximate sentencepiece's normalization table.
import type { AlignedText } from "./aligned_text.ts";
import type { Fields } from "../fields.ts";
import { readPattern } from "./patterns.ts";
import { createPrecompiled } from "./precompiled.ts";
import { type NormalForm, normalizeForm } from "./unicode_forms.ts";

export type Normalizer = (text: AlignedText) => AlignedText;

/** Builds the normalizer that a section of tokenizer.json describes. @throws Error on an unknown type. */
export function createNormalizer(config: Fields): Normalizer {
  switch (config.type) {
    case "Sequence":
      return inTurn(config.objects("normalizers").map(createNormalizer));
    case "BertNormalizer":
      return bertNormalizer(config);
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD":
      return inForm(config.type);
    case "Lowercase":
      return lowercase;
    case "StripAccents":
      return (text) => text.replace(/\p{M}/gu, () => "");
    case "Strip":
      return strip(config.boolean("strip_left"), config.boolean("strip_right"));
    case "Prepend": {
      const prefix = config.string("prepend");
      return (text) => text.prepend(prefix);
    }
    case "Replace": {
      const pattern = readPattern(config.section("pattern")), content = config.string("content");
      return (text) => text.replace(pattern, () => content);
    }
    case "Precompiled":
      return createPrecompiled(config);
    default:
      throw new Error(`${config.where}: normalizer ${config.type} is not supported.`);
  }
}

function inTurn(steps: readonly Normalizer[]): Normalizer {
  return (text) => steps.reduce((done, step) => step(done), text);
}

const inForm = (form: NormalForm): Normalizer => (text) => normalizeForm(text, form);

/** Character by character, as Rust does: Σ becomes σ at the end of a word too. Only İ changes its length. */
const lowercase: Normalizer = (text) => {
  const even = text.replace(/[İΣ]/g, (c) => c === "İ" ? "i\u0307" : "σ");
  return even.withText(even.text.toLowerCase());
};

function strip(left: boolean, right: boolean): Normalizer {
  const isBlank = (text: string, at: number) => /\p{White_Space}/u.test(text[at]);
  return (text) => {
    let from = 0, to = text.text.length;
    while (left && from < to && isBlank(text.text, from)) from++;
    while (right && to > from && isBlank(text.text, to - 1)) to--;
    return text.slice(from, to);
  };
}

// White space other than the blank itself, and what BERT drops: U+FFFD, controls, formats, private use.
const UNCLEAN = /[\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufffd\p{Cc}\p{Cf}\p{Co}]/gu;
const BLANK = /[\t\n\r]|[^\P{White_Space}\p{Cc}]/u;
const HAN =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;

function bertNormalizer(config: Fields): Normalizer {
  const lower = config.boolean("lowercase", true);
  const steps: Normalizer[] = [];
  if (config.boolean("clean_text", true)) {
    steps.push((text) => text.replace(UNCLEAN, (c) => BLANK.test(c) ? " " : ""));
  }
  if (config.boolean("handle_chinese_chars", true)) steps.push((text) => text.replace(HAN, (c) => ` ${c} `));
  if (config.boolean("strip_accents", lower)) {
    steps.push(inForm("NFD"), (text) => text.replace(/\p{Mn}/gu, () => ""));
  }
  if (lower) steps.push(lowercase);
  return inTurn(steps);
}
