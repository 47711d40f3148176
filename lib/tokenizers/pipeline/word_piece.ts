// WordPiece (Wu et al. 2016, section 4.1; Devlin et al. 2019): the longest piece of the vocabulary first, then on from
// there. The cutting is npm:@huggingface/tokenizers'; here it gets ids and positions.
import { WordPiece } from "@huggingface/tokenizers";
import type { Fields } from "../fields.ts";
import type { Model } from "./model.ts";

export function createWordPiece(config: Fields, vocab: ReadonlyMap<string, number>): Model {
  const unknown = config.string("unk_token");
  const prefix = config.string("continuing_subword_prefix", "##");
  const longest = config.count("max_input_chars_per_word", 100);
  const unknownId = vocab.get(unknown);
  const wordPiece = new WordPiece({
    type: "WordPiece",
    unk_token: unknown,
    continuing_subword_prefix: prefix,
    max_input_chars_per_word: longest,
    vocab: Object.fromEntries(vocab),
  });

  return {
    vocab,
    cut(word) {
      // A character is one or two units: what is longer than that needs no counting (and no copy of a huge word).
      const tokens = word.length > 2 * longest ? [unknown] : wordPiece.encode([word]);
      if (tokens.length === 1 && tokens[0] === unknown) {
        if (unknownId === undefined) {
          throw new Error(`${config.where}: the unknown token ${JSON.stringify(unknown)} is not in the vocabulary.`);
        }
        return { ids: [unknownId], tokens, ends: [word.length] };
      }
      let end = 0;
      const ends = tokens.map((token, i) => end += token.length - (i === 0 ? 0 : prefix.length));
      return { ids: tokens.map((token) => vocab.get(token)!), tokens, ends };
    },
  };
}
