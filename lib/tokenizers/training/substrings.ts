// The first vocabulary of a Unigram model: all characters, and the substrings of words that occur more than once.
import type { Piece } from "./lattice.ts";

interface SeedOptions {
  readonly seedSize: number;
  /** In characters. */
  readonly maxPieceLength: number;
}

/** What is known of a substring: how often it occurs in different words, and whether different characters follow it. */
interface Found {
  count: number;
  readonly next: string;
  isBranching: boolean;
}

const END = "";

/**
 * Characters, the most frequent first, and substrings by their number of characters times occurrences, with the logarithms of their shares.
 * One that is always followed by the same character is left out: the longer one says as much. Each word counts once for its substrings, as
 * in the Rust library, but as often as it occurs for its characters.
 */
export function seedPieces(
  wordCounts: ReadonlyMap<string, number>,
  { seedSize, maxPieceLength }: SeedOptions,
): Piece[] {
  const characters = new Map<string, number>(), substrings = new Map<string, Found>();
  for (const [word, count] of wordCounts) {
    const units = [...word];
    for (const unit of units) characters.set(unit, (characters.get(unit) ?? 0) + count);
    for (let start = 0; start < units.length; start++) {
      let substring = units[start];
      for (let end = start + 1; end < Math.min(units.length, start + maxPieceLength); end++) {
        substring += units[end];
        note(substrings, substring, units[end + 1] ?? END);
      }
    }
  }
  const repeated = Array.from(substrings).filter(([, { isBranching }]) => isBranching)
    .map(([substring, { count }]): Piece => [substring, count * [...substring].length]);
  const seeds = [...Array.from(characters).sort(byScore), ...repeated.sort(byScore)].slice(0, seedSize);
  const logSum = Math.log(seeds.reduce((sum, [, score]) => sum + score, 0));
  return seeds.map(([piece, score]) => [piece, Math.log(score) - logSum]);
}

function note(substrings: Map<string, Found>, substring: string, next: string): void {
  const found = substrings.get(substring);
  if (!found) {
    substrings.set(substring, { count: 1, next, isBranching: false });
    return;
  }
  found.count++;
  found.isBranching ||= found.next !== next;
}

/** The highest score first, and of equals the later string by its code points. */
function byScore([a, m]: Piece, [b, n]: Piece): number {
  if (m !== n) return n - m;
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((unit, i) => unit !== right[i]);
  return at < 0 ? right.length - left.length : (right[at]?.codePointAt(0) ?? -1) - (left[at].codePointAt(0) ?? 0);
}
