// dlogits = (mass softmax(logits) - target) dy factor; rows whose label is ignoreIndex get 0. target_c = w_c (smoothing / columns, and
// 1 - smoothing more where c is the label), mass = Σ target, w as in cross_entropy.wgsl
// 64 invocations a workgroup, one element each; needs shared/not_a_number.wgsl
// logits (rows, columns), labels (rows) int32, weights (columns), statistics (rows), dy (1, or rows where perRow is 1)
//   ->  dlogits (rows, columns)
// uniforms: rows, columns, ignoreIndex, smoothing, weighted, totalWeight, perRow, factor
struct Uniforms {
  rows: u32, columns: u32, ignoreIndex: i32, smoothing: f32, weighted: u32, totalWeight: f32, perRow: u32, factor: f32,
}
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> statistics: array<f32>;
@group(0) @binding(4) var<storage, read> dy: array<f32>;
@group(0) @binding(5) var<storage, read_write> dlogits: array<f32>;
@group(0) @binding(6) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.columns) { return; }
  let row = i / u.columns;
  let column = i % u.columns;
  let label = labels[row];
  if (label == u.ignoreIndex) {
    dlogits[i] = 0;
    return;
  }
  var uniformPart = u.smoothing / f32(u.columns);
  var peak = 1 - u.smoothing;
  var mass = 1.0;
  if (u.weighted != 0) {
    peak *= weights[u32(label)];
    mass = peak + uniformPart * u.totalWeight;
    uniformPart *= weights[column];
  }
  let expected = select(0.0, peak, column == u32(label)) + uniformPart;
  dlogits[i] = (mass * expOrNaN(logits[i] - statistics[row]) - expected) * (dy[row * u.perRow] * u.factor);
}
