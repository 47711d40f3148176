// y[r, :] = x[r, :] - logsumexp(x[r])     rows as in shared/rows.wgsl. The maximum is taken off first: y of logits near 1e4 keeps its digits.
// x (rows, columns)  ->  y (rows, columns)        uniforms: rows, columns
struct Uniforms { rows: u32, columns: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let start = at.row * u.columns;
  let end = select(start, start + u.columns, at.row < u.rows);

  var largest = lowest;
  for (var i = start + at.lane; i < end; i += lanes) { largest = max(largest, x[i]); }
  largest = rowMax(largest, at);

  var total = 0.0;
  for (var i = start + at.lane; i < end; i += lanes) { total += expOrNaN(x[i] - largest); }
  let logTotal = logOrNaN(rowSum(total, at));

  for (var i = start + at.lane; i < end; i += lanes) { y[i] = (x[i] - largest) - logTotal; }
}
