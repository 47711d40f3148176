// Builds the model that tokenizer.json describes, with a memory for the words it has cut before.
import type { Fields } from "../fields.ts";
import { isCount } from "../fields.ts";
import { createBpe } from "./bpe.ts";
import type { Model, Pieces } from "./model.ts";
import { createUnigram } from "./unigram.ts";
import { createWordPiece } from "./word_piece.ts";

const REMEMBERED_WORDS = 50_000;
const LONGEST_REMEMBERED = 256;

/** Builds the model that tokenizer.json describes. @throws Error on an unknown type or a damaged vocabulary. */
export function createModel(config: Fields): Model {
  const model = uncached(config);
  let memory = new Map<string, Pieces>();
  return {
    vocab: model.vocab,
    cut(word) {
      const known = memory.get(word);
      if (known) return known;
      const pieces = model.cut(word);
      if (word.length > LONGEST_REMEMBERED) return pieces;
      if (memory.size >= REMEMBERED_WORDS) memory = new Map();
      memory.set(word, pieces);
      return pieces;
    },
  };
}

function uncached(config: Fields): Model {
  const type = config.string("type", guessType(config));
  switch (type) {
    case "WordPiece":
      return createWordPiece(config, readVocab(config));
    case "BPE":
      return createBpe(config, readVocab(config));
    case "Unigram":
      return createUnigram(config);
    default:
      throw new Error(`${config.where}: model ${type} is not supported; WordPiece, BPE and Unigram are.`);
  }
}

/** Files from before 2020 name no type. */
function guessType(config: Fields): string {
  if (config.has("merges")) return "BPE";
  return Array.isArray(config.raw["vocab"]) ? "Unigram" : "WordPiece";
}

/** The object `vocab` as a map from token to id. */
function readVocab(config: Fields): Map<string, number> {
  const vocab = new Map<string, number>();
  for (const [token, id] of Object.entries(config.section("vocab").raw)) {
    if (!isCount(id)) {
      throw new Error(`${config.where}.vocab gives ${JSON.stringify(token)} the id ${id}; expected a whole number.`);
    }
    vocab.set(token, id);
  }
  return vocab;
}
