// Python's row order: NumPy's default generator, so that `shuffle({ seed: 42 })` and `trainTestSplit({ seed: 42 })` pick the very rows
// that Datasets picks. Everything else that is random draws from lib/tensor's Random.
//
// PCG64 (XSL-RR 128/64): O'Neill 2014, https://www.pcg-random.org. Seeding: numpy.random.SeedSequence (O'Neill's seed_seq_fe).
// Bounded numbers: masked rejection in permutation, Lemire 2019 in choice, as in numpy/random/_generator.pyx.

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const u64 = (x: bigint) => BigInt.asUintN(64, x);
const u128 = (x: bigint) => BigInt.asUintN(128, x);

/** The part of `numpy.random.default_rng(seed)` that picks rows. */
export class NumpyRandom {
  #state: bigint;
  readonly #increment: bigint;
  /** The upper half of the last 64 bits, where only the lower one was used. */
  #spare: number | undefined;

  /** @throws RangeError unless `seed` is a whole number from 0 on */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`The seed is ${seed}; it must be a whole number, 0 or more.`);
    }
    const [a, b, c, d] = seedWords(seed);
    this.#increment = u128((c << 64n | d) << 1n | 1n);
    this.#state = u128((this.#increment + (a << 64n | b)) * MULTIPLIER + this.#increment);
  }

  /** 0 … n-1 in random order. */
  permutation(n: number): Int32Array {
    return this.shuffle(Int32Array.from({ length: n }, (_, i) => i));
  }

  /** Puts the numbers in random order, in place (`Generator.shuffle`). */
  shuffle(numbers: Int32Array): Int32Array {
    for (let i = numbers.length - 1; i > 0; i--) {
      const mask = 2 ** (32 - Math.clz32(i)) - 1;
      let j: number;
      do j = (this.#bits() & mask) >>> 0; while (j > i);
      [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
    }
    return numbers;
  }

  /** `size` different numbers below `n`, at most 10,000 (`Generator.choice` without replacement: Floyd's algorithm). */
  choice(n: number, size: number): Int32Array {
    const chosen = new Set<number>();
    for (let j = n - size; j < n; j++) {
      const candidate = this.#upTo(j);
      chosen.add(chosen.has(candidate) ? j : candidate);
    }
    const numbers = Int32Array.from(chosen);
    for (let i = size - 1; i > 0; i--) {
      const j = this.#upTo(i);
      [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
    }
    return numbers;
  }

  /** A number in 0 … max. */
  #upTo(max: number): number {
    if (max === 0) return 0;
    const count = BigInt(max) + 1n;
    const threshold = (0x100000000n - count) % count;
    let product: bigint;
    do product = BigInt(this.#bits()) * count; while ((product & 0xffffffffn) < threshold);
    return Number(product >> 32n);
  }

  /** 32 random bits. */
  #bits(): number {
    if (this.#spare !== undefined) {
      const bits = this.#spare;
      this.#spare = undefined;
      return bits;
    }
    this.#state = u128(this.#state * MULTIPLIER + this.#increment);
    const folded = u64(this.#state >> 64n ^ this.#state);
    const turn = this.#state >> 122n;
    const bits = u64(folded >> turn | folded << (64n - turn));
    this.#spare = Number(bits >> 32n);
    return Number(bits & 0xffffffffn);
  }
}

/** numpy.random.SeedSequence(seed).generate_state(4, uint64). */
function seedWords(seed: number): bigint[] {
  const entropy = [seed >>> 0, Math.floor(seed / 2 ** 32), 0, 0];
  let constant = 0x43b0d7e5;
  const hash = (value: number) => {
    value ^= constant;
    constant = Math.imul(constant, 0x931e8875);
    value = Math.imul(value, constant);
    return value ^ value >>> 16;
  };
  const pool = entropy.map(hash);
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      if (from === to) continue;
      const mixed = Math.imul(pool[to], 0xca01f9dd) - Math.imul(hash(pool[from]), 0x4973f715);
      pool[to] = mixed ^ mixed >>> 16;
    }
  }
  constant = 0x8b51f9dd;
  const words = Array.from({ length: 8 }, (_, i) => {
    let value = pool[i % 4] ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    value = Math.imul(value, constant);
    return BigInt((value ^ value >>> 16) >>> 0);
  });
  return [0, 2, 4, 6].map((i) => words[i + 1] << 32n | words[i]);
}
