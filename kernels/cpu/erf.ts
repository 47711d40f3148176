// erf and the slope of GELU, for gelu and gelu_grad: both odd functions that are flat beyond a bound, so x P(x²) /
// Q(x²) up to it. The coefficients are our own fits (rational, iteratively reweighted least squares against mpmath at
// 30 digits); evaluated in float32 the largest errors are 2.4e-7 of the value for erf and 1.7e-7 absolute for the
// slope. An exponential would cost twice the time.

const ERF = memory.data<f32>([
  5.4, // beyond it erf(x / √2) is 1 to 7e-8
  // P, highest power first
  4.718231849665244e-8,
  1.2647385119635146e-5,
  0.00032138495589606464,
  0.009257896803319454,
  0.06605827063322067,
  0.7978845238685608,
  // Q
  1.2198264585094876e-6,
  7.117203494999558e-5,
  0.0018386405427008867,
  0.028179960325360298,
  0.2494582235813141,
  1.0,
  0.5,
], 16);

const SLOPE = memory.data<f32>([
  5.8, // beyond it the slope is 0 or 1 to 1.1e-7
  -2.8080085132109467e-11,
  1.1532921284640452e-8,
  8.916687193050166e-7,
  3.205912798875943e-5,
  0.00019739540584851056,
  0.01376366801559925,
  -0.02289983257651329,
  0.7978845238685608,
  3.023322392436967e-7,
  9.681933079264127e-6,
  0.00023692319518886507,
  0.0039019363466650248,
  0.04379519820213318,
  0.30463236570358276,
  1.0,
  0.5,
], 16);

@inline
function constant(table: usize, i: usize): v128 {
  return v128.load32_splat(table + (i << 2));
}

/**
 * x, but -5.4 where it is less: beyond, x (1 + erf(x / √2)) is 0, and computed so it stays as small as float32 can
 * tell.
 */
@inline
export function aboveErfBound(x: v128): v128 {
  return f32x4.pmax(x, f32x4.neg(constant(ERF, 0))); // pmax and pmin keep a NaN that comes first
}

@inline
export function halved(x: v128): v128 {
  return f32x4.mul(x, constant(ERF, 13));
}

/** erf(x / √2) for x >= -5.4. */
@inline
export function erfOfHalf(x: v128): v128 {
  const z = f32x4.pmin(x, constant(ERF, 0));
  const s = f32x4.mul(z, z);
  let p = f32x4.relaxed_madd(constant(ERF, 1), s, constant(ERF, 2));
  p = f32x4.relaxed_madd(p, s, constant(ERF, 3));
  p = f32x4.relaxed_madd(p, s, constant(ERF, 4));
  p = f32x4.relaxed_madd(p, s, constant(ERF, 5));
  p = f32x4.relaxed_madd(p, s, constant(ERF, 6));
  let q = f32x4.relaxed_madd(constant(ERF, 7), s, constant(ERF, 8));
  q = f32x4.relaxed_madd(q, s, constant(ERF, 9));
  q = f32x4.relaxed_madd(q, s, constant(ERF, 10));
  q = f32x4.relaxed_madd(q, s, constant(ERF, 11));
  q = f32x4.relaxed_madd(q, s, constant(ERF, 12));
  return f32x4.div(f32x4.mul(z, p), q);
}

/** Φ(x) + x φ(x), the slope of x Φ(x), with the normal distribution Φ and its density φ. */
@inline
export function geluSlope(x: v128): v128 {
  const bound = constant(SLOPE, 0);
  const z = f32x4.pmin(f32x4.pmax(x, f32x4.neg(bound)), bound);
  const s = f32x4.mul(z, z);
  let p = f32x4.relaxed_madd(constant(SLOPE, 1), s, constant(SLOPE, 2));
  p = f32x4.relaxed_madd(p, s, constant(SLOPE, 3));
  p = f32x4.relaxed_madd(p, s, constant(SLOPE, 4));
  p = f32x4.relaxed_madd(p, s, constant(SLOPE, 5));
  p = f32x4.relaxed_madd(p, s, constant(SLOPE, 6));
  p = f32x4.relaxed_madd(p, s, constant(SLOPE, 7));
  p = f32x4.relaxed_madd(p, s, constant(SLOPE, 8));
  let q = f32x4.relaxed_madd(constant(SLOPE, 9), s, constant(SLOPE, 10));
  q = f32x4.relaxed_madd(q, s, constant(SLOPE, 11));
  q = f32x4.relaxed_madd(q, s, constant(SLOPE, 12));
  q = f32x4.relaxed_madd(q, s, constant(SLOPE, 13));
  q = f32x4.relaxed_madd(q, s, constant(SLOPE, 14));
  q = f32x4.relaxed_madd(q, s, constant(SLOPE, 15));
  return f32x4.add(f32x4.div(f32x4.mul(z, p), q), constant(SLOPE, 16));
}
