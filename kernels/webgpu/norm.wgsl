// y[0] = sqrt(Σ partials)         one workgroup in all; needs shared/total.wgsl
// partials (size)  ->  y (1)      uniforms: size
struct Uniforms { size: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = vec4f(0);
  for (var i = local; i * 4 < u.size; i += 64) { sum += upTo(u.size, i, x[i]); }
  let result = total(sum, local);
  if (local == 0) { y[0] = sqrt(result); }
}
