// dx = rstd (g - (Σ g + n Σ g n) / columns) with g = weight dy and n = (x - mean) rstd      rows as in shared/rows.wgsl
// dy (rows, columns), x (rows, columns), statistics (rows, 2): mean, rstd, weight (columns)  ->  dx (rows, columns)
// uniforms: rows, columns
struct Uniforms { rows: u32, columns: u32 }
@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> statistics: array<vec2f>;
@group(0) @binding(3) var<storage, read> weight: array<f32>;
@group(0) @binding(4) var<storage, read_write> dx: array<f32>;
@group(0) @binding(5) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let start = at.row * u.columns;
  let columns = select(0, u.columns, at.row < u.rows);
  let row = statistics[min(at.row, u.rows - 1)];
  let mean = row.x;
  let rstd = row.y;

  var sum = 0.0;
  var dot = 0.0;
  for (var c = at.lane; c < columns; c += lanes) {
    let g = weight[c] * dy[start + c];
    sum += g;
    dot += g * ((x[start + c] - mean) * rstd);
  }
  sum = rowSum(sum, at) / f32(u.columns);
  dot = rowSum(dot, at) / f32(u.columns);

  for (var c = at.lane; c < columns; c += lanes) {
    let normalized = (x[start + c] - mean) * rstd;
    dx[start + c] = rstd * (weight[c] * dy[start + c] - sum - normalized * dot);
  }
}
