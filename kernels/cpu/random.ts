// Random bits of dropout, the same on every device.
//
// Element (row, column) of a call has the index i = row roundUp8(columns) + column; in attention the rows are the query
// rows of all heads of all sequences one after the other, and the columns are the keys. With block = i >> 3 and lane =
// i & 7, all mod 2^32:
//   h = hash(seed + 4 block + (lane & 3));  bits = lane < 4 ? h & 0xffff : h >>> 16;  kept when bits >= threshold
// so four hashes give the bits of eight elements. hash is lowbias32 (Wellons 2018, "Prospecting for Hash Functions").
// Threshold 0 means no dropout.

// read from memory where they are used, as in exp.ts
const CONSTANTS = memory.data<u32>([0x7feb352d, 0x846ca68b, 0xffff, 4], 16);

@inline
function constant(i: usize): v128 {
  return v128.load32_splat(CONSTANTS + (i << 2));
}

@inline
export function roundUp8(n: u32): u32 {
  return (n + 7) & ~7;
}

/** The four counters of the block of eight elements that starts at index 8 `block`. */
@inline
export function counters(seed: u32, block: u32): v128 {
  return i32x4.add(i32x4.splat(seed + (block << 2)), i32x4(0, 1, 2, 3));
}

/** The counters of the next block. */
@inline
export function nextCounters(current: v128): v128 {
  return i32x4.add(current, constant(3));
}

@inline
export function hash(counter: v128): v128 {
  let x = v128.xor(counter, i32x4.shr_u(counter, 16));
  x = i32x4.mul(x, constant(0));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, constant(1));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** All bits set in each lane among the first four elements of a block that is kept; `threshold` in every lane. */
@inline
export function keepsFirst(h: v128, threshold: v128): v128 {
  return i32x4.ge_s(v128.and(h, constant(2)), threshold);
}

/** The same for the last four. */
@inline
export function keepsLast(h: v128, threshold: v128): v128 {
  return i32x4.ge_s(i32x4.shr_u(h, 16), threshold);
}
