// Pre-tokenizers of tokenizer.json: a normalized text into the words that the model then cuts up. The patterns are those
// of npm:@huggingface/tokenizers; its own methods return bare strings, so the cutting is done here, with positions.
import { BertPreTokenizer } from "@huggingface/tokenizers";
import type { AlignedText } from "./aligned_text.ts";
import type { Fields } from "../fields.ts";

/** Cuts a text into words. */
export type PreTokenizer = (text: AlignedText) => AlignedText[];

/** Builds the pre-tokenizer that a section of tokenizer.json describes. @throws Error on an unknown type. */
export function createPreTokenizer(config: Fields): PreTokenizer {
  switch (config.type) {
    case "Sequence": {
      const steps = config.objects("pretokenizers").map(createPreTokenizer);
      return (text) => steps.reduce((words, step) => words.flatMap((word) => step(word)), [text]);
    }
    case "BertPreTokenizer":
      return matchesOf(new BertPreTokenizer().pattern);
    case "WhitespaceSplit":
      return matchesOf(/\P{White_Space}+/gu);
    default:
      throw new Error(`${config.where}: pre-tokenizer ${config.type} is not supported.`);
  }
}

/** The matches of a global pattern; what lies between them is dropped. */
function matchesOf(pattern: RegExp): PreTokenizer {
  return (text) => {
    const words: AlignedText[] = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text.text); match; match = pattern.exec(text.text)) {
      words.push(text.slice(match.index, pattern.lastIndex));
    }
    return words;
  };
}
