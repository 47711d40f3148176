// One step of AdamW for some rows of a table, those that have a gradient; see adamw
// gradient (rows, columns), ids (rows)  ->  parameter, m, v (vocabulary, columns), in place      an invocation an element
// uniforms: rows, columns, beta1, beta2, oneMinusBeta1, oneMinusBeta2, decay, stepSize, inverseSqrtCorrection2, eps
// place: parameter, m and v hold rows first … end - 1 of the table; the other ids are left alone
struct Uniforms {
  rows: u32,
  columns: u32,
  beta1: f32,
  beta2: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  decay: f32,
  stepSize: f32,
  inverseSqrtCorrection2: f32,
  eps: f32,
  first: u32,
  end: u32,
}
@group(0) @binding(0) var<storage, read> gradient: array<f32>;
@group(0) @binding(1) var<storage, read> ids: array<u32>;
@group(0) @binding(2) var<storage, read_write> parameter: array<f32>;
@group(0) @binding(3) var<storage, read_write> m: array<f32>;
@group(0) @binding(4) var<storage, read_write> v: array<f32>;
@group(0) @binding(5) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.columns) { return; }
  let row = i / u.columns;
  if (ids[row] < u.first || ids[row] >= u.end) { return; }
  let at = (ids[row] - u.first) * u.columns + i - row * u.columns;
  let g = gradient[i];
  var first = u.beta1 * m[at] + u.oneMinusBeta1 * g;
  first = select(first, 0, abs(first) < 1e-30); // denormals are slow on a CPU; both devices drop them
  let second = u.beta2 * v[at] + u.oneMinusBeta2 * g * g;
  m[at] = first;
  v[at] = second;
  parameter[at] = u.decay * parameter[at] - u.stepSize * first / (sqrt(second) * u.inverseSqrtCorrection2 + u.eps);
}
