// How attention_apply and attention_apply_transposed read weights and store y.
/* Four weights: those that dropout marked count 0, the others keepScale times, where `dropped` says that there are marks. */
fn weighA(four: vec4f) -> vec4f {
  if (u.dropped == 0) { return four; }
  return select(four * u.keepScale, vec4f(0), isDropped(four));
}

fn storeNumber(i: u32, column: u32, value: f32) { y[i] = value; }

fn storeVector(i: u32, column: u32, width: u32, value: vec4f) {
  y[i] = value.x;
  if (column + 1 < width) { y[i + 1] = value.y; }
  if (column + 2 < width) { y[i + 2] = value.z; }
  if (column + 3 < width) { y[i + 3] = value.w; }
}
