// y (1) = sqrt(Σ partials), summed in float64

export function norm(partials: usize, y: usize, size: u32, begin: u32, end: u32): void {
  let total: f64 = 0;
  for (let i: usize = 0; i < size; i++) total += load<f32>(partials + (i << 2));
  store<f32>(y, f32(sqrt(total)));
}
