// y = |x|

export function abs(x: usize, y: usize, size: u32, begin: u32, end: u32): void {
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) v128.store(y + i, f32x4.abs(v128.load(x + i)));
  for (; i < stop; i += 4) store<u32>(y + i, load<u32>(x + i) & 0x7fffffff);
}
