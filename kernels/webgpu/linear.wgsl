// y = x weightᵀ + bias            64 invocations a workgroup, one number of y each
// x (rows, k), weight (n, k), bias (n)  ->  y (rows, n)      uniforms: rows, n, k
struct Uniforms { rows: u32, n: u32, k: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> weight: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.n) { return; }
  let column = i % u.n;
  let row = i / u.n;
  var sum = bias[column];
  for (var l = 0u; l < u.k; l++) { sum += x[row * u.k + l] * weight[column * u.k + l]; }
  y[i] = sum;
}
