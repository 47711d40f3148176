// y = max(x, 0); NaN stays

export function relu(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  const zero = f32x4.splat(0);
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) v128.store(y + i, f32x4.pmax(v128.load(x + i), zero));
  for (; i < stop; i += 4) {
    const v = load<f32>(x + i);
    store<f32>(y + i, v < 0 ? 0 : v);
  }
}
