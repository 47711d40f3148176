// y = a b, element by element

export function mul(a: usize, b: usize, y: usize, size: u32, begin: u32, end: u32): void {
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) v128.store(y + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
  for (; i < stop; i += 4) store<f32>(y + i, load<f32>(a + i) * load<f32>(b + i));
}
