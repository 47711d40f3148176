// y = e^x, and e^x for x <= 0 alone, which is all that softmax, the normal distribution and tanh need; relative error 1.2e-7.
// Range reduction and polynomial of Cephes' expf (Moshier 1992): x = n ln 2 + r, |r| <= ln 2 / 2.
//
// Constants are loaded from memory where they are used: V8 builds a constant vector anew at each use, which costs twice
// the time (2.0 ns a number against 0.97, and 0.82 with two vectors in flight).

import { loadPart, storePart, zero } from "./vectors";

const CONSTANTS = memory.data<f32>([
  -87.33654, // ln of the smallest normal float32: what lies below becomes 0, no denormals
  1.44269504, // 1 / ln 2
  12582912.0, // 1.5 2^23: adding it rounds to an integer, kept in the low bits
  0.693359375, // ln 2, high part
  -2.12194440e-4, // ln 2, low part
  1.9875691500e-4,
  1.3981999507e-3,
  8.3334519073e-3,
  4.1665795894e-2,
  1.6666665459e-1,
  5.0000001201e-1,
  1.0,
  88.8, // above the largest x with a finite e^x
], 16);

@inline
function constant(i: usize): v128 {
  return v128.load32_splat(CONSTANTS + (i << 2));
}

/** x / ln 2 rounded, plus 1.5 2^23: the integer n is in the low bits. */
@inline
function roundedQuotient(x: v128): v128 {
  return f32x4.relaxed_madd(x, constant(1), constant(2));
}

/** e^(x - n ln 2), between 0.7 and 1.42. */
@inline
function mantissa(x: v128, rounded: v128): v128 {
  const n = f32x4.sub(rounded, constant(2));
  const r = f32x4.relaxed_nmadd(n, constant(4), f32x4.relaxed_nmadd(n, constant(3), x));
  let p = f32x4.relaxed_madd(constant(5), r, constant(6));
  p = f32x4.relaxed_madd(p, r, constant(7));
  p = f32x4.relaxed_madd(p, r, constant(8));
  p = f32x4.relaxed_madd(p, r, constant(9));
  p = f32x4.relaxed_madd(p, r, constant(10));
  return f32x4.relaxed_madd(f32x4.mul(r, r), p, f32x4.add(r, constant(11)));
}

/** e^x for x <= 0; -inf gives 0, NaN stays NaN. */
@inline
export function expNegative(x: v128): v128 {
  const clamped = f32x4.pmax(x, constant(0)); // pmax keeps its first operand where that is NaN
  const rounded = roundedQuotient(clamped);
  const scaled = i32x4.add(mantissa(clamped, rounded), i32x4.shl(rounded, 23)); // n added to the exponent
  return v128.andnot(scaled, f32x4.lt(x, constant(0)));
}

/** e^x for any x. 2^n is multiplied in two halves, as 2^128 is no float32 while e^88.7 is. */
@inline
function exponential(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, constant(0)), constant(12));
  const rounded = roundedQuotient(clamped);
  const n = i32x4.sub(rounded, constant(2));
  const half = i32x4.shr_s(n, 1);
  const y = f32x4.mul(f32x4.mul(mantissa(clamped, rounded), powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)));
  return v128.andnot(y, f32x4.lt(x, constant(0)));
}

@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.add(i32x4.shl(n, 23), constant(11)); // n added to the exponent of 1
}

export function exp(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    storePart(y + i, count, exponential(loadPart(x + i, count, zero())));
  }
}
