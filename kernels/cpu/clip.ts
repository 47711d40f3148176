// x *= min(1, maxNorm / (norm + 1e-6)), as PyTorch's clip_grad_norm_; a NaN norm makes all NaN

export function clip(norm: usize, x: usize, size: u32, maxNorm: f32, begin: u32, end: u32): void {
  const factor = min<f32>(1, maxNorm / (load<f32>(norm) + 1e-6)); // WebAssembly's min keeps NaN
  if (factor == 1) return;
  const f = f32x4.splat(factor);
  let i = begin << 2;
  const stop = end << 2;
  for (; i + 16 <= stop; i += 16) v128.store(x + i, f32x4.mul(v128.load(x + i), f));
  for (; i < stop; i += 4) store<f32>(x + i, load<f32>(x + i) * factor);
}
