// Near-duplicates: texts that share most of their words.

/** Lower-case words, without punctuation. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** The words of a text, and 64 bits of which each word turns one over. */
interface Entry {
  readonly words: ReadonlySet<string>;
  readonly low: number;
  readonly high: number;
}

/**
 * Texts, asked whether one of them is near another: a Jaccard index of their words above a limit. Two texts differ in at least as many
 * words as their bits differ, so that few pairs have to be looked at word by word.
 */
export class Neighbours {
  readonly #entries: Entry[] = [];

  constructor(readonly limit = 0.75) {}

  add(text: string): void {
    this.#entries.push(entryOf(text));
  }

  has(text: string): boolean {
    const { words, low, high } = entryOf(text);
    return this.#entries.some((other) => {
      // Jaccard = shared / (all - shared) > limit, so fewer words than this stand in one of the two alone
      const differing = (words.size + other.words.size) * (1 - this.limit) / (1 + this.limit);
      if (ones(low ^ other.low) + ones(high ^ other.high) > differing) return false;
      const shared = words.intersection(other.words).size;
      return shared / (words.size + other.words.size - shared) > this.limit;
    });
  }
}

function entryOf(text: string): Entry {
  const words = new Set(wordsOf(text)), bits = [0, 0];
  for (const word of words) {
    let hash = 0;
    for (let i = 0; i < word.length; i++) hash = Math.imul(hash, 31) + word.charCodeAt(i) | 0;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    bits[(hash >>> 8) & 1] ^= 1 << (hash >>> 16);
  }
  return { words, low: bits[0], high: bits[1] };
}

/** How many bits of 32 are set. */
function ones(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
