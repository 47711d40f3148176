// y[0] = factor Σ x               one workgroup in all: what is summed here are losses, seldom many; needs shared/total.wgsl
// x (size)  ->  y (1)             uniforms: size, factor        place: adds (to what y holds)
struct Uniforms { size: u32, factor: f32, adds: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = vec4f(0);
  for (var i = local; i * 4 < u.size; i += 64) { sum += upTo(u.size, i, x[i]); }
  let result = total(sum, local);
  if (local != 0) { return; }
  if (u.adds != 0) { y[0] += u.factor * result; } else { y[0] = u.factor * result; }
}
