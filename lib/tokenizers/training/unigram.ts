// Training a Unigram tokenizer like ALBERT's from texts (Kudo 2018, "Subword Regularization", section 3.2), as UnigramTrainer of Python's
// tokenizers does: start from many frequent substrings, fit their probabilities by expectation maximization, drop those that are missed
// least, and again, until few enough are left. Where the Rust library walks a hash map, things here have an order, so results repeat.
import { PreTrainedTokenizer } from "../tokenizer.ts";
import { ALBERT_SPECIAL_TOKENS, unigramFiles } from "../tokenizer_files.ts";
import { Lattice, type Piece } from "./lattice.ts";
import { seedPieces } from "./substrings.ts";
import { countWords } from "./words.ts";

/** Options of `trainUnigram`; the defaults are those of Python's `UnigramTrainer`, but for the special tokens, which are ALBERT's. */
export interface UnigramTrainingOptions {
  /** How many tokens the vocabulary has at most, special tokens included; it is smaller where the texts give out. */
  vocabSize?: number;
  /** How many substrings the first vocabulary holds. */
  seedSize?: number;
  /** The share of the tokens that each round keeps. */
  shrinkingFactor?: number;
  /** Steps of expectation maximization in a round. */
  numSubIterations?: number;
  /** The longest token, in characters. */
  maxPieceLength?: number;
  /** The longest input of the model this is for, in tokens. */
  modelMaxLength?: number;
}

/** Learns a Unigram vocabulary from texts, which are lowercased. The same texts always give the same tokenizer. */
export function trainUnigram(texts: Iterable<string>, options: UnigramTrainingOptions = {}): PreTrainedTokenizer {
  const { vocabSize = 8000, modelMaxLength = 512, ...rest } = options;
  const special = ALBERT_SPECIAL_TOKENS.map((token): Piece => [token, 0]);
  const config = { model_max_length: modelMaxLength };
  const words = countWords(texts, unigramFiles(special, config).tokenizerJson);
  const pieces = learnPieces(words, { ...rest, vocabSize, specialTokens: special.length });
  return new PreTrainedTokenizer(unigramFiles([...special, ...pieces], config));
}

interface LearningOptions extends Omit<UnigramTrainingOptions, "modelMaxLength"> {
  vocabSize: number;
  /** How many of them are special and not learned. */
  specialTokens: number;
}

/** A word and how often it occurs. */
type Word = readonly [word: string, count: number];

/** The rounds end at so many times as many pieces as are wanted; the last cut takes the first of them. */
const SURPLUS = 1.1;

/** Learns pieces and the logarithms of their probabilities from words and how often each occurs; the likeliest piece comes first. */
function learnPieces(wordCounts: ReadonlyMap<string, number>, options: LearningOptions): Piece[] {
  const { vocabSize, specialTokens, seedSize = 1_000_000, shrinkingFactor = 0.75, numSubIterations = 2 } = options;
  const words = [...wordCounts], characters = new Set(words.flatMap(([word]) => [...word]));
  const wanted = Math.floor(vocabSize * SURPLUS) - 1; // the Rust library counts an unknown token among its pieces
  let pieces = seedPieces(wordCounts, { seedSize, maxPieceLength: options.maxPieceLength ?? 16 });
  while (true) {
    for (let i = 0; i < numSubIterations; i++) pieces = maximize(pieces, expectedCounts(pieces, words));
    if (pieces.length <= wanted) break;
    const size = Math.floor((pieces.length + 1) * shrinkingFactor) - 1;
    pieces = prune(pieces, words, Math.max(wanted, size));
  }
  return finalize(pieces, characters, vocabSize - specialTokens);
}

/** How often each piece is expected in all cuts of the words. */
function expectedCounts(pieces: readonly Piece[], words: readonly Word[]): Float64Array {
  const lattice = new Lattice(pieces), expected = new Float64Array(pieces.length);
  for (const [word, count] of words) lattice.addExpected(word, count, expected);
  return expected;
}

/** Probabilities from expected counts, those of the rare pressed down by the digamma function (Liang et al. 2007, "The Infinite PCFG"). */
function maximize(pieces: readonly Piece[], expected: Float64Array): Piece[] {
  const kept = pieces.map(([piece], i): Piece => [piece, expected[i]]).filter(([, count]) => count >= 0.5);
  const logSum = digamma(kept.reduce((sum, [, count]) => sum + count, 0));
  return kept.map(([piece, count]) => [piece, digamma(count) - logSum]);
}

/** The pieces that nothing else can spell, and of the others those without which the words would be least likely, these first. */
function prune(pieces: readonly Piece[], words: readonly Word[], size: number): Piece[] {
  const lattice = new Lattice(pieces), counts = new Float64Array(pieces.length);
  let wordTotal = 0;
  for (const [word, count] of words) {
    wordTotal += count;
    for (const id of lattice.best(word)) if (id >= 0) counts[id] += count;
  }
  const sum = counts.reduce((a, b) => a + b, 0);
  const kept: Piece[] = [], candidates: { piece: Piece; loss: number }[] = [];
  pieces.forEach((piece, id) => {
    const { isOther, ids } = lattice.alternative(piece[0], id);
    if (counts[id] === 0 && (isOther || ids.length > 0)) return;
    if (ids.length === 0) {
      kept.push(piece);
      return;
    }
    // without it, its places are spelled by the alternative's pieces; the sum is the Rust library's, which grows by all pieces and not
    // by the alternative's only, so that vocabularies are Python's
    const logSum = Math.log(sum + counts[id] * pieces.length);
    const logOther = ids.reduce((log, other) => log + Math.log((counts[other] ?? 0) + counts[id]) - logSum, 0);
    candidates.push({ piece, loss: counts[id] / wordTotal * (Math.log(counts[id]) - Math.log(sum) - logOther) });
  });
  candidates.sort((a, b) => b.loss - a.loss);
  return [...kept, ...candidates.slice(0, Math.max(0, size - kept.length)).map(({ piece }) => piece)];
}

/** All characters, those that got lost with the least score, then the first of the other pieces; the likeliest comes first. */
function finalize(pieces: readonly Piece[], characters: ReadonlySet<string>, size: number): Piece[] {
  const scores = new Map(pieces), least = Math.min(...scores.values());
  let lost = 0;
  const all = Array.from(characters, (character): Piece => [character, scores.get(character) ?? least + 1e-4 * lost++]);
  const others = pieces.filter(([piece]) => !characters.has(piece)).slice(0, Math.max(0, size - all.length));
  return [...all, ...others].sort(([, a], [, b]) => b - a);
}

/** ψ(x), by its asymptotic series beyond 7. */
function digamma(x: number): number {
  let result = 0;
  for (; x < 7; x++) result -= 1 / x;
  x -= 0.5;
  const xx = 1 / x, xx2 = xx * xx, xx4 = xx2 * xx2;
  return result + Math.log(x) + xx2 / 24 - 7 / 960 * xx4 + 31 / 8064 * xx4 * xx2 - 127 / 30720 * xx4 * xx4;
}
