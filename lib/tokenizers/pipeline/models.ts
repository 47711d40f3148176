// Builds the model that tokenizer.json describes, with a memory for the words it has cut before.
import { type Fields, isCount, show } from "../fields.ts";
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
      return createBpe(config, new Map(Object.entries(readVocab(config))));
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

/** The object `vocab`, from token to id. */
function readVocab(config: Fields): Readonly<Record<string, number>> {
  const vocab = config.section("vocab").raw;
  if (isVocab(vocab)) return vocab;
  const [token, id] = Object.entries(vocab).find(([, id]) => !isCount(id)) ?? [];
  throw new Error(`${config.where}.vocab gives ${show(token)} the id ${show(id)}; expected a whole number.`);
}

function isVocab(vocab: Readonly<Record<string, unknown>>): vocab is Readonly<Record<string, number>> {
  return Object.values(vocab).every(isCount);
}
