// y = ln x: -inf at 0, NaN below. The series of atanh on the mantissa in float64, exact to float32's last bit.

export function log(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  const stop = end << 2;
  for (let i = begin << 2; i < stop; i += 4) store<f32>(y + i, logOf(load<f32>(x + i)));
}

/** ln x of one number. */
export function logOf(x: f32): f32 {
  if (!(x > 0 && x < Infinity)) return x == 0 ? -Infinity : x > 0 ? x : NaN;
  return f32(lnOf(f64(x)));
}

/** ln x of one positive, finite, normal number. */
export function lnOf(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = i32(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1); // |s| < 0.1716, so the first term left out is below 1e-11
  const z = s * s;
  const series = 1 + z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11 + z / 13)))));
  return 2 * s * series + f64(exponent) * 0.6931471805599453;
}
