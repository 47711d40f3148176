// The words at the start of the shared memory through which the main thread and its Workers speak, and what both do
// with them.

import { KERNEL_NAMES, type Shares } from "./kernels.ts";
import { CONTROL_BYTE, type CpuExports } from "./wasm.ts";

const MAX_MESSAGE_BYTES = 4096;
/** Numbers that describe a call: its first grab, units, grain, how many arguments, and those. */
const CALL_NUMBERS = 32;
/** Calls that one command can hold. */
export const MAX_CALLS = 96;

/** Places in `words`; those that change often lie on cache lines of their own. */
export const Word = {
  /** Counts commands; Workers wait for it to change. */
  generation: 0,
  /** 1 while the command may be joined. */
  isOpen: 1,
  /** 1 once the backend is closed: Workers end. */
  isClosed: 2,
  kernel: 3,
  /** Grabs of all calls of the command together. */
  grabs: 4,
  /** Bytes of the message of a kernel that threw in a Worker, 0 for none. */
  errorBytes: 5,
  /** Workers that are ready. */
  ready: 6,
  /** The next grab nobody has taken. */
  next: 16,
  /** Workers inside the command. */
  active: 32,
  /** Workers asleep in Atomics.wait. */
  asleep: 48,
} as const;

export interface Control {
  readonly words: Int32Array;
  readonly calls: Float64Array;
  readonly message: Uint8Array;
}

export function controlOf(memory: WebAssembly.Memory): Control {
  const buffer = memory.buffer;
  return {
    words: new Int32Array(buffer, CONTROL_BYTE, 64),
    message: new Uint8Array(buffer, CONTROL_BYTE + 1024, MAX_MESSAGE_BYTES),
    calls: new Float64Array(buffer, CONTROL_BYTE + 1024 + MAX_MESSAGE_BYTES, MAX_CALLS * CALL_NUMBERS),
  };
}

/** A call of a kernel: its buffers and numbers, and how it is cut. */
export interface SharedCall {
  readonly args: readonly number[];
  readonly shares: Shares;
}

/** Writes the calls of a command; returns how many grabs they are. */
export function writeCalls({ calls }: Control, given: readonly SharedCall[]): number {
  let grabs = 0;
  for (let i = 0, at = 0; i < given.length; i++, at += CALL_NUMBERS) {
    const { args, shares: { units, grain } } = given[i];
    calls[at] = grabs;
    calls[at + 1] = units;
    calls[at + 2] = grain;
    calls[at + 3] = args.length;
    calls.set(args, at + 4);
    grabs += Math.ceil(units / grain);
  }
  return grabs;
}

/** Does units of the current command, one grab after the other, until none is left. */
export function takeUnits({ words, calls }: Control, exports: CpuExports): void {
  const kernel = exports[KERNEL_NAMES[words[Word.kernel]]];
  const grabs = words[Word.grabs];
  let args: number[] = [];
  let [at, first, end, units, grain] = [-CALL_NUMBERS, 0, 0, 0, 0];
  for (;;) {
    const grab = Atomics.add(words, Word.next, 1);
    if (grab >= grabs) return;
    if (grab >= end) {
      while (grab >= end) {
        at += CALL_NUMBERS;
        [first, units, grain] = [calls[at], calls[at + 1], calls[at + 2]];
        end = first + Math.ceil(units / grain);
      }
      args = Array.from(calls.subarray(at + 4, at + 4 + calls[at + 3]));
    }
    const begin = (grab - first) * grain;
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
