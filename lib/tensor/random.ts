// Seeded random numbers. One global stream feeds weights and dropout; samplers own theirs. Reproducible on every machine.
// Generator: xoshiro128** (Blackman & Vigna 2021), state filled by splitmix32.

/** The state of a generator: five numbers, plain JSON. */
export type RandomState = readonly number[];

/** A stream of pseudo-random numbers from a 32-bit seed. */
export class Random {
  #s0 = 0;
  #s1 = 0;
  #s2 = 0;
  #s3 = 0;
  #spareNormal = NaN;

  constructor(seed: number) {
    this.seed(seed);
  }

  /** Starts the stream anew. @throws RangeError unless `seed` is a whole number */
  seed(seed: number): void {
    if (!Number.isInteger(seed)) throw new RangeError(`The seed is ${seed}; it must be a whole number.`);
    let state = seed >>> 0;
    const next = () => {
      state = (state + 0x9e3779b9) >>> 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      return (z ^ (z >>> 16)) >>> 0;
    };
    [this.#s0, this.#s1, this.#s2, this.#s3] = [next(), next(), next(), next()];
    this.#spareNormal = NaN;
  }

  /** 32 random bits. */
  bits(): number {
    const rotated = Math.imul(this.#s1, 5);
    const result = Math.imul((rotated << 7) | (rotated >>> 25), 9) >>> 0;
    const t = this.#s1 << 9;
    this.#s2 ^= this.#s0;
    this.#s3 ^= this.#s1;
    this.#s1 ^= this.#s2;
    this.#s0 ^= this.#s3;
    this.#s2 ^= t;
    this.#s3 = (this.#s3 << 11) | (this.#s3 >>> 21);
    return result;
  }

  /** A number in [0, 1), with 53 random bits. */
  uniform(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  /** A standard normal number (Box & Muller 1958). */
  normal(): number {
    if (!Number.isNaN(this.#spareNormal)) {
      const spare = this.#spareNormal;
      this.#spareNormal = NaN;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** A whole number in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** 0 … n-1 in random order (Fisher & Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** The state, to go on from later: four words, and the spare normal number where one is kept. */
  get state(): RandomState {
    const words = [this.#s0, this.#s1, this.#s2, this.#s3];
    return Number.isNaN(this.#spareNormal) ? words : [...words, this.#spareNormal];
  }

  set state(state: RandomState) {
    [this.#s0, this.#s1, this.#s2, this.#s3] = state;
    this.#spareNormal = state[4] ?? NaN;
  }
}

/** The stream that weights and dropout draw from. */
export const globalRandom: Random = new Random(42);

/** Seeds weights, dropout and shuffling: the same seed gives the same run, bit for bit on the same device. */
export function setSeed(seed: number): void {
  globalRandom.seed(seed);
}
