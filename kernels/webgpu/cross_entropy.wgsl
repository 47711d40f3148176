// losses[r] = logsumexp(x) - Σ target x over row x of logits, target (1 - s) onehot(label) + s / columns, s the smoothing; 0 where the
// label is ignoreIndex. statistics[r] = logsumexp(x).             rows as in shared/rows.wgsl
// logits (rows, columns), labels (rows) int32  ->  losses (rows), statistics (rows)
// uniforms: rows, columns, ignoreIndex, smoothing. The maximum is taken off first, as small losses of large logits would cancel.
struct Uniforms { rows: u32, columns: u32, ignoreIndex: i32, smoothing: f32 }
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read_write> losses: array<f32>;
@group(0) @binding(3) var<storage, read_write> statistics: array<f32>;
@group(0) @binding(4) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let start = at.row * u.columns;
  let end = select(start, start + u.columns, at.row < u.rows);

  var largest = lowest;
  for (var i = start + at.lane; i < end; i += lanes) { largest = max(largest, logits[i]); }
  largest = rowMax(largest, at);

  var total = 0.0;
  var below = 0.0;
  for (var i = start + at.lane; i < end; i += lanes) {
    let v = logits[i] - largest;
    total += expOrNaN(v);
    below += v;
  }
  total = rowSum(total, at);
  below = rowSum(below, at);

  if (at.lane != 0 || at.row >= u.rows) { return; }
  let logTotal = log(total);
  statistics[at.row] = largest + logTotal;
  let label = labels[at.row];
  if (label == u.ignoreIndex) {
    losses[at.row] = 0;
    return;
  }
  var expected = (1 - u.smoothing) * (logits[start + u32(label)] - largest);
  if (u.smoothing != 0) { expected += u.smoothing * below / f32(u.columns); }
  losses[at.row] = logTotal - expected;
}
