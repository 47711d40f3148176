// Where the heads of packed sequences lie, for the attention kernels. `segments` (sequences, 5) int32 holds for each
// sequence: first query row, query rows, first key row, key rows, first element of its probabilities. Those lie as
// (heads, queries, keys) sequence by sequence. A unit of work is one head of one sequence; neighbouring heads of a
// sequence are done together, as one batch of products.

import { GEMM_BYTES } from "./gemm";
import { scratch, SCRATCH_BYTES } from "./runtime";

@inline
export function firstQuery(segments: usize, sequence: u32): u32 {
  return load<u32>(segments + sequence * 20);
}

@inline
export function queriesOf(segments: usize, sequence: u32): u32 {
  return load<u32>(segments + sequence * 20, 4);
}

@inline
export function firstKey(segments: usize, sequence: u32): u32 {
  return load<u32>(segments + sequence * 20, 8);
}

@inline
export function keysOf(segments: usize, sequence: u32): u32 {
  return load<u32>(segments + sequence * 20, 12);
}

/** The first probability of `head`, in numbers. */
@inline
export function firstProbability(segments: usize, sequence: u32, head: u32): u32 {
  return load<u32>(segments + sequence * 20, 16) + head * queriesOf(segments, sequence) * keysOf(segments, sequence);
}

/** How many units from `unit` on are heads of the same sequence. */
@inline
export function headsFrom(unit: u32, end: u32, heads: u32): u32 {
  return min(heads - unit % heads, end - unit);
}

/** Query rows of all heads of all sequences before this one: where its dropout counters start. */
export function headRowsBefore(segments: usize, sequence: u32, heads: u32): u32 {
  let rows: u32 = 0;
  for (let s: u32 = 0; s < sequence; s++) rows += heads * queriesOf(segments, s);
  return rows;
}

/** Scratch memory beside that of gemm, for a copy of some probabilities. */
export const COPY_BYTES: usize = SCRATCH_BYTES - GEMM_BYTES;

@inline
export function copyArea(): usize {
  return scratch + GEMM_BYTES;
}
