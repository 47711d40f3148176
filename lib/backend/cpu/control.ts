// The words at the start of the shared memory through which the main thread and its Workers speak, and what both do
// with them.

import { KERNEL_NAMES } from "./kernels.ts";
import { CONTROL_BYTE, type CpuExports } from "./wasm.ts";

const MAX_ARGUMENTS = 64;
const MAX_MESSAGE_BYTES = 4096;

/** Places in `words`; those that change often lie on cache lines of their own. */
export const Word = {
  /** Counts commands; Workers wait for it to change. */
  generation: 0,
  /** 1 while the command may be joined. */
  isOpen: 1,
  /** 1 once the backend is closed: Workers end. */
  isClosed: 2,
  kernel: 3,
  units: 4,
  grain: 5,
  argumentCount: 6,
  /** Bytes of the message of a kernel that threw in a Worker, 0 for none. */
  errorBytes: 7,
  /** Workers that are ready. */
  ready: 8,
  /** The next unit nobody has taken. */
  next: 16,
  /** Workers inside the command. */
  active: 32,
  /** Workers asleep in Atomics.wait. */
  asleep: 48,
} as const;

export interface Control {
  readonly words: Int32Array;
  readonly arguments: Float64Array;
  readonly message: Uint8Array;
}

export function controlOf(memory: WebAssembly.Memory): Control {
  const buffer = memory.buffer;
  return {
    words: new Int32Array(buffer, CONTROL_BYTE, 64),
    arguments: new Float64Array(buffer, CONTROL_BYTE + 1024, MAX_ARGUMENTS),
    message: new Uint8Array(buffer, CONTROL_BYTE + 4096, MAX_MESSAGE_BYTES),
  };
}

/** Does units of the current command, one grab after the other, until none is left. */
export function takeUnits({ words, arguments: values }: Control, exports: CpuExports): void {
  const kernel = exports[KERNEL_NAMES[words[Word.kernel]]];
  const units = words[Word.units];
  const grain = words[Word.grain];
  const args = Array.from(values.subarray(0, words[Word.argumentCount]));
  for (;;) {
    const begin = Atomics.add(words, Word.next, grain);
    if (begin >= units) return;
    kernel(...args, begin, Math.min(begin + grain, units));
  }
}

/** Loads of a word between two looks at the clock while spinning. */
const SPINS = 256;

/**
 * Waits until a word is no longer `value`: awake for `spinMs`, then asleep. Waking a sleeper takes about 55 us, a
 * spinning thread 1 us.
 */
export function waitForChange(words: Int32Array, index: number, value: number, spinMs: number): void {
  const end = performance.now() + spinMs;
  do {
    for (let i = 0; i < SPINS; i++) if (Atomics.load(words, index) !== value) return;
  } while (performance.now() < end);
  Atomics.add(words, Word.asleep, 1);
  Atomics.wait(words, index, value);
  Atomics.sub(words, Word.asleep, 1);
}
