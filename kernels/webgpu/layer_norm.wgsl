// y = weight (x - mean) rstd + bias over each row (Ba et al. 2016), rstd = 1 / sqrt(variance + eps)      rows as in shared/rows.wgsl
// x (rows, columns), weight (columns), bias (columns)  ->  y (rows, columns), statistics (rows, 2): mean, rstd
// uniforms: rows, columns, eps. The variance is taken around the mean in a pass of its own: E[x²] - mean² would cancel.
struct Uniforms { rows: u32, columns: u32, eps: f32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> weight: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<storage, read_write> statistics: array<f32>;
@group(0) @binding(5) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let start = at.row * u.columns;
  let columns = select(0, u.columns, at.row < u.rows);

  var sum = 0.0;
  for (var c = at.lane; c < columns; c += lanes) { sum += x[start + c]; }
  let mean = rowSum(sum, at) / f32(u.columns);

  var squares = 0.0;
  for (var c = at.lane; c < columns; c += lanes) {
    let centred = x[start + c] - mean;
    squares += centred * centred;
  }
  let rstd = inverseSqrt(rowSum(squares, at) / f32(u.columns) + u.eps);

  for (var c = at.lane; c < columns; c += lanes) {
    y[start + c] = weight[c] * ((x[start + c] - mean) * rstd) + bias[c];
  }
  if (at.lane == 0 && at.row < u.rows) {
    statistics[at.row * 2] = mean;
    statistics[at.row * 2 + 1] = rstd;
  }
}
