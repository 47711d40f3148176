// WordPiece (Wu et al. 2016, section 4.1; Devlin et al. 2019): the longest piece of the vocabulary first, then on from
// there. The cutting is npm:@huggingface/tokenizers'; here it gets ids and positions.
import { WordPiece } from "@huggingface/tokenizers";
import type { Fields } from "../fields.ts";
import type { Model } from "./model.ts";

export function createWordPiece(config: Fields, vocab: Readonly<Record<string, number>>): Model {
  const unknown = config.string("unk_token");
  const prefix = config.string("continuing_subword_prefix", "##");
  const longest = config.count("max_input_chars_per_word", 100);
  const wordPiece = new WordPiece({
    type: "WordPiece",
    unk_token: unknown,
    continuing_subword_prefix: prefix,
    max_input_chars_per_word: longest,
    vocab,
  });
  const ids = wordPiece.tokens_to_ids;
  function idOf(token: string): number {
    const id = ids.get(token);
    if (id !== undefined) return id;
    throw new Error(`${config.where}: the unknown token ${JSON.stringify(token)} is not in the vocabulary.`);
  }

  return {
    vocab: ids,
    cut(word) {
      // A character is one or two units: what is longer than that needs no counting (and no copy of a huge word).
      const tokens = word.length > 2 * longest ? [unknown] : wordPiece.encode([word]);
      if (tokens.length === 1 && tokens[0] === unknown) return { ids: [idOf(unknown)], tokens, ends: [word.length] };
      let end = 0;
      const ends = tokens.map((token, i) => end += token.length - (i === 0 ? 0 : prefix.length));
      return { ids: tokens.map(idOf), tokens, ends };
    },
  };
}
