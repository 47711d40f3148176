// dx = dy where y > 0, else 0

export function relu_grad(y: usize, dy: usize, dx: usize, size: u32, begin: u32, end: u32): void {
  const zero = f32x4.splat(0);
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) v128.store(dx + i, v128.andnot(v128.load(dy + i), f32x4.le(v128.load(y + i), zero)));
  for (; i < stop; i += 4) store<f32>(dx + i, load<f32>(y + i) <= 0 ? 0 : load<f32>(dy + i));
}
