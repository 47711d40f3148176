// Near-duplicates: texts that share most of their words.

/** Lower-case words, without punctuation. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** A fixed order of words in which rare ones tend to come first. */
const longFirst = (a: string, b: string) => b.length - a.length || (a < b ? -1 : 1);

/**
 * Texts, asked whether one of them is near another: a Jaccard index of their words above a limit. Two such sets share one of the first
 * words of each in any fixed order (Chaudhuri, Ganti & Kaushik 2006, prefix filter), so that few texts need a look.
 */
export class Neighbours {
  readonly #sets: Set<string>[] = [];
  readonly #byWord = new Map<string, number[]>();

  constructor(readonly limit = 0.75) {}

  add(text: string): void {
    const set = new Set(wordsOf(text)), id = this.#sets.push(set) - 1;
    for (const word of this.#prefix(set)) {
      const ids = this.#byWord.get(word);
      if (ids) ids.push(id);
      else this.#byWord.set(word, [id]);
    }
  }

  has(text: string): boolean {
    const set = new Set(wordsOf(text));
    const near = new Set(this.#prefix(set).flatMap((word) => this.#byWord.get(word) ?? []));
    return near.values().some((id) => {
      const other = this.#sets[id], shared = set.intersection(other).size;
      return shared / (set.size + other.size - shared) > this.limit;
    });
  }

  #prefix(set: ReadonlySet<string>): string[] {
    return [...set].sort(longFirst).slice(0, set.size - Math.ceil(this.limit * set.size) + 1);
  }
}
