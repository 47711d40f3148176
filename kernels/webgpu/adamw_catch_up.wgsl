// The steps of AdamW that some rows of a table missed: rows index[i] to steps - 1 of history (decay, stepSize, inverseSqrtCorrection2)
// for row ids[i], with no gradient; see adamw
// ids, index (rows), history (steps, 3)  ->  parameter, m, v (vocabulary, columns), in place      an invocation an element
// uniforms: rows, columns, steps, beta1, beta2, eps
// place: parameter, m and v hold rows first … end - 1 of the table; the other ids are left alone
struct Uniforms { rows: u32, columns: u32, steps: u32, beta1: f32, beta2: f32, eps: f32, first: u32, end: u32 }
@group(0) @binding(0) var<storage, read> ids: array<u32>;
@group(0) @binding(1) var<storage, read> index: array<u32>;
@group(0) @binding(2) var<storage, read> history: array<f32>;
@group(0) @binding(3) var<storage, read_write> parameter: array<f32>;
@group(0) @binding(4) var<storage, read_write> m: array<f32>;
@group(0) @binding(5) var<storage, read_write> v: array<f32>;
@group(0) @binding(6) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.columns) { return; }
  let row = i / u.columns;
  if (ids[row] < u.first || ids[row] >= u.end) { return; }
  let at = (ids[row] - u.first) * u.columns + i - row * u.columns;
  var p = parameter[at];
  var first = m[at];
  var second = v[at];
  for (var step = index[row]; step < u.steps; step++) {
    first *= u.beta1;
    first = select(first, 0, abs(first) < 1e-30);
    second *= u.beta2;
    p = history[step * 3] * p - history[step * 3 + 1] * first / (sqrt(second) * history[step * 3 + 2] + u.eps);
  }
  parameter[at] = p;
  m[at] = first;
  v[at] = second;
}
