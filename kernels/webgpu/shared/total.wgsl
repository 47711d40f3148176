// Sums over whole buffers: 64 invocations, each its own part, brought together in the same order every time.
var<workgroup> partials: array<f32, 64>;

/* Four neighbouring elements, with zeros from `size` on. */
fn upTo(size: u32, i: u32, four: vec4f) -> vec4f {
  return select(vec4f(0), four, vec4u(i) * 4 + vec4u(0, 1, 2, 3) < vec4u(size));
}

/* Σ value over the workgroup, right in its invocation 0. Every invocation must call it. */
fn total(value: vec4f, local: u32) -> f32 {
  partials[local] = (value.x + value.y) + (value.z + value.w);
  workgroupBarrier();
  var sum = 0.0;
  if (local == 0) {
    for (var i = 0u; i < 64; i++) { sum += partials[i]; }
  }
  return sum;
}
