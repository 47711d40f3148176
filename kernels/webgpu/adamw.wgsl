// One step of AdamW (Loshchilov & Hutter 2019); the corrections of bias are taken into stepSize and inverseSqrtCorrection2 (kernels.ts)
// The gradient is clipped on the way, as clip would.
// gradient (size), norm (1)  ->  parameter, m, v (size), in place      64 invocations a workgroup, four elements each
// uniforms: size, beta1, beta2, oneMinusBeta1, oneMinusBeta2, decay, stepSize, inverseSqrtCorrection2, eps, maxNorm
struct Uniforms {
  size: u32,
  beta1: f32,
  beta2: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  decay: f32,
  stepSize: f32,
  inverseSqrtCorrection2: f32,
  eps: f32,
  maxNorm: f32,
}
@group(0) @binding(0) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(1) var<storage, read> norm: array<f32>;
@group(0) @binding(2) var<storage, read_write> parameter: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> m: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(5) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 >= u.size) { return; }
  var g = gradient[i];
  let factor = u.maxNorm / (norm[0] + 1e-6);
  if (!(factor >= 1)) { g *= factor; } // a norm that is not a number makes every gradient so, as in PyTorch
  var first = u.beta1 * m[i] + u.oneMinusBeta1 * g;
  first = select(first, vec4f(0), abs(first) < vec4f(1e-30)); // denormals are slow on a CPU; both devices drop them
  let second = u.beta2 * v[i] + u.oneMinusBeta2 * g * g;
  m[i] = first;
  v[i] = second;
  parameter[i] = u.decay * parameter[i] - u.stepSize * first / (sqrt(second) * u.inverseSqrtCorrection2 + u.eps);
}
