// What an instance (one a thread) knows beside its arguments: where its scratch memory lies, over how many threads
// products are split, and whether `sgemm` is there. Set once, before the first kernel.

/** Bytes of scratch memory each thread owns. */
export const SCRATCH_BYTES: usize = 1 << 21;

/** The byte after the constants that each instance writes to the memory anew. */
export const END_OF_CONSTANTS: usize = __heap_base;

export let scratch: usize = 0;
export let threads: u32 = 1;
export let hasBlas: bool = false;
export let hasBatch: bool = false;

export function configure(scratchAddress: usize, threadCount: u32, blas: bool, blasBatch: bool): void {
  scratch = scratchAddress;
  threads = threadCount;
  hasBlas = blas;
  hasBatch = blasBatch;
}
