// The words of the texts that a vocabulary is learned from.
import { Fields, show } from "../fields.ts";
import { AlignedText } from "../pipeline/aligned_text.ts";
import { createNormalizer } from "../pipeline/normalizers.ts";
import { createPreTokenizer } from "../pipeline/pre_tokenizers.ts";

/**
 * Counts the words that the normalizer and pre-tokenizer of a tokenizer.json make of texts.
 * @throws TypeError when a text is not a string.
 */
export function countWords(texts: Iterable<string>, tokenizerJson: string): Map<string, number> {
  const json = Fields.parse(tokenizerJson, "tokenizer.json"), normalizer = json.optional("normalizer");
  const normalize = normalizer ? createNormalizer(normalizer) : (text: AlignedText) => text;
  const split = createPreTokenizer(json.section("pre_tokenizer"));
  const counts = new Map<string, number>();
  let number = 0;
  for (const text of texts) {
    if (typeof text !== "string") throw new TypeError(`Training text ${number} is ${show(text)}; expected a string.`);
    number++;
    for (const { text: word } of split(normalize(AlignedText.of(text.toWellFormed(), false)))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}
