// A map from two whole numbers to one, in one flat array: several times as fast and small as a Map with keys made of both.

// Multiplicative hashing (Knuth, volume 3, section 6.4): 2^32 divided by the golden ratio.
const GOLDEN = 0x9e3779b1;

// A slot holds the two numbers of the key and one more than the value; 0 there marks a free slot.
const WIDTH = 3, VALUE = 2;

export class PairMap {
  #slots = new Int32Array(WIDTH * 64);
  #size = 0;

  /** The value of a pair, or -1. */
  get(first: number, second: number): number {
    return this.#slots[this.#find(first, second) + VALUE] - 1;
  }

  set(first: number, second: number, value: number): void {
    // Kept at most half full, so that a free slot is near.
    if (2 * WIDTH * this.#size >= this.#slots.length) this.#grow();
    const slots = this.#slots, at = this.#find(first, second);
    if (slots[at + VALUE] === 0) this.#size++;
    slots[at] = first;
    slots[at + 1] = second;
    slots[at + VALUE] = value + 1;
  }

  /** Where the slot of a pair begins, or the free one where it would go. */
  #find(first: number, second: number): number {
    const slots = this.#slots, last = slots.length / WIDTH - 1;
    let slot = (Math.imul(first ^ Math.imul(second, GOLDEN), GOLDEN) >>> 7) & last;
    for (;; slot = (slot + 1) & last) {
      const at = WIDTH * slot;
      if (slots[at + VALUE] === 0 || (slots[at] === first && slots[at + 1] === second)) return at;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    for (let at = 0; at < old.length; at += WIDTH) {
      if (old[at + VALUE] === 0) continue;
      const to = this.#find(old[at], old[at + 1]);
      for (let i = 0; i < WIDTH; i++) this.#slots[to + i] = old[at + i];
    }
  }
}
