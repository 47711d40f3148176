// dx[r, :] = dy - e^y Σ dy        rows as in shared/rows.wgsl
// y (rows, columns), dy (rows, columns)  ->  dx (rows, columns)        uniforms: rows, columns
struct Uniforms { rows: u32, columns: u32 }
@group(0) @binding(0) var<storage, read> y: array<f32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let start = at.row * u.columns;
  let end = select(start, start + u.columns, at.row < u.rows);

  var total = 0.0;
  for (var i = start + at.lane; i < end; i += lanes) { total += dy[i]; }
  total = rowSum(total, at);

  for (var i = start + at.lane; i < end; i += lanes) { dx[i] = dy[i] - expOrNaN(y[i]) * total; }
}
