// losses[r] = (1 - s) w_label (lse - x_label) + s / columns Σ_c w_c (lse - x_c) over row x of logits, lse = logsumexp(x), s the smoothing, w
// the class weights (1 where `weighted` is 0, Σ w = totalWeight); 0 where the label is ignoreIndex. statistics[r] = lse
// logits (rows, columns), labels (rows) int32, weights (columns)  ->  losses (rows), statistics (rows)        rows as in shared/rows.wgsl
// uniforms: rows, columns, ignoreIndex, smoothing, weighted, totalWeight. The maximum is taken off first, as small losses of large logits
// would cancel.
struct Uniforms { rows: u32, columns: u32, ignoreIndex: i32, smoothing: f32, weighted: u32, totalWeight: f32 }
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> losses: array<f32>;
@group(0) @binding(4) var<storage, read_write> statistics: array<f32>;
@group(0) @binding(5) var<uniform> u: Uniforms;

fn weightOf(column: u32) -> f32 {
  if (u.weighted == 0) { return 1; }
  return weights[column];
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let start = at.row * u.columns;
  let end = select(start, start + u.columns, at.row < u.rows);

  var largest = lowest;
  for (var i = start + at.lane; i < end; i += lanes) { largest = max(largest, logits[i]); }
  largest = rowMax(largest, at);

  var total = 0.0;
  for (var i = start + at.lane; i < end; i += lanes) { total += expOrNaN(logits[i] - largest); }
  total = rowSum(total, at);

  var below = 0.0;
  if (u.smoothing != 0) {
    for (var i = start + at.lane; i < end; i += lanes) { below += weightOf(i - start) * (logits[i] - largest); }
    below = rowSum(below, at);
  }

  if (at.lane != 0 || at.row >= u.rows) { return; }
  let logTotal = logOrNaN(total);
  statistics[at.row] = largest + logTotal;
  let label = labels[at.row];
  if (label == u.ignoreIndex) {
    losses[at.row] = 0;
    return;
  }
  var loss = (1 - u.smoothing) * weightOf(u32(label)) * (logTotal - (logits[start + u32(label)] - largest));
  if (u.smoothing != 0) { loss += u.smoothing / f32(u.columns) * (u.totalWeight * logTotal - below); }
  losses[at.row] = loss;
}
