// y = tanh x. Near 0 (|x| < 0.625) an odd polynomial, beyond it 1 - 2 e / (1 + e) with e = e^(-2|x|): both of Cephes'
// tanhf (Moshier 1992).

import { expNegative } from "./exp";
import { loadPart, storePart, zero } from "./vectors";

const CONSTANTS = memory.data<f32>([
  -5.70498872745e-3,
  2.06390887954e-2,
  -5.37397155531e-2,
  1.33314422036e-1,
  -3.33332819422e-1,
  0.625,
  -2.0,
  1.0,
], 16);

@inline
function constant(i: usize): v128 {
  return v128.load32_splat(CONSTANTS + (i << 2));
}

@inline
function activate(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = f32x4.relaxed_madd(constant(0), z, constant(1));
  p = f32x4.relaxed_madd(p, z, constant(2));
  p = f32x4.relaxed_madd(p, z, constant(3));
  p = f32x4.relaxed_madd(p, z, constant(4));
  const near = f32x4.relaxed_madd(f32x4.mul(p, z), x, x);
  const e = expNegative(f32x4.mul(size, constant(6)));
  const far = f32x4.relaxed_madd(constant(6), f32x4.div(e, f32x4.add(e, constant(7))), constant(7));
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(near, signed, f32x4.lt(size, constant(5)));
}

export function tanh(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 16) {
    const count = (stop - i) >> 2;
    storePart(y + i, count, activate(loadPart(x + i, count, zero())));
  }
}
