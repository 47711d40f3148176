// y += x

export function accumulate(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), v128.load(x + i)));
  for (; i < stop; i += 4) store<f32>(y + i, load<f32>(y + i) + load<f32>(x + i));
}
