// y = value

export function fill(y: usize, size: u32, value: f32, begin: u32, end: u32): void {
  if (reinterpret<u32>(value) == 0) {
    memory.fill(y + (begin << 2), 0, (end - begin) << 2);
    return;
  }
  const v = f32x4.splat(value);
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) v128.store(y + i, v);
  for (; i < stop; i += 4) store<f32>(y + i, value);
}
