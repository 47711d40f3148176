// dx = dy y (1 - y)

export function sigmoid_grad(y: usize, dy: usize, dx: usize, size: u32, begin: u32, end: u32): void {
  const one = f32x4.splat(1);
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) {
    const v = v128.load(y + i);
    v128.store(dx + i, f32x4.mul(v128.load(dy + i), f32x4.mul(v, f32x4.sub(one, v))));
  }
  for (; i < stop; i += 4) {
    const v = load<f32>(y + i);
    store<f32>(dx + i, load<f32>(dy + i) * (v * (1 - v)));
  }
}
