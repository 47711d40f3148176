// y = factor x

export function scale(x: usize, y: usize, size: u32, factor: f32, begin: u32, end: u32): void {
  const f = f32x4.splat(factor);
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), f));
  for (; i < stop; i += 4) store<f32>(y + i, load<f32>(x + i) * factor);
}
