// y[r] = factor Σ x[r, :]         rows as in shared/rows.wgsl
// x (rows, columns)  ->  y (rows)         uniforms: rows, columns, factor
struct Uniforms { rows: u32, columns: u32, factor: f32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let start = at.row * u.columns;
  let end = select(start, start + u.columns, at.row < u.rows);

  // pieces of 64, so that a long sum does not outgrow its summands
  var sum = 0.0;
  for (var i = start + at.lane; i < end; i += 64 * lanes) {
    var piece = 0.0;
    for (var j = i; j < min(end, i + 64 * lanes); j += lanes) { piece += x[j]; }
    sum += piece;
  }
  sum = rowSum(sum, at);

  if (at.lane == 0 && at.row < u.rows) { y[at.row] = u.factor * sum; }
}
