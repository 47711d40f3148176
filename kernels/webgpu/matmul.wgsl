// y[t] = a[t] b[t] for each of `batch` matrices     64 invocations a workgroup, one number of y each
// a (m, k), stored (k, m) where transposeA; b (k, n), stored (n, k) where transposeB  ->  y (batch, m, n)
// uniforms: batch, m, n, k, transposeA, transposeB, strideA, strideB (elements from one matrix of the batch to the next)
struct Uniforms { batch: u32, m: u32, n: u32, k: u32, transposeA: u32, transposeB: u32, strideA: u32, strideB: u32 }
@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.batch * u.m * u.n) { return; }
  let column = i % u.n;
  let row = i / u.n % u.m;
  let t = i / u.n / u.m;
  let stepA = select(1, u.m, u.transposeA != 0);
  let stepB = select(u.n, 1, u.transposeB != 0);
  var at = t * u.strideA + row * select(u.k, 1, u.transposeA != 0);
  var bt = t * u.strideB + column * select(1, u.k, u.transposeB != 0);
  var sum = 0.0;
  for (var l = 0u; l < u.k; l++) {
    sum += a[at] * b[bt];
    at += stepA;
    bt += stepB;
  }
  y[i] = sum;
}
