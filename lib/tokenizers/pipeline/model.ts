// What a model of tokenizer.json is: a vocabulary, and the way a word is cut into its tokens.

/** A word cut up: parallel lists of ids, tokens as the vocabulary spells them, and where each ends in the word (UTF-16 units). */
export interface Pieces {
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  readonly ends: readonly number[];
}

/** A vocabulary and the way words are cut into its tokens. */
export interface Model {
  readonly vocab: ReadonlyMap<string, number>;
  cut(word: string): Pieces;
}
