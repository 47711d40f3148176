// sum = dropout(x) + residual, y = LayerNorm(sum) (see layer_norm.wgsl)      rows as in shared/rows.wgsl; needs shared/random.wgsl
// x (rows, columns), residual (rows, columns), weight (columns), bias (columns)
//   ->  y (rows, columns), sum (rows, columns), statistics (rows, 2): mean, rstd
// uniforms: rows, columns, eps, threshold, keepScale, seed
struct Uniforms { rows: u32, columns: u32, eps: f32, threshold: u32, keepScale: f32, seed: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> residual: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<storage, read_write> sum: array<f32>;
@group(0) @binding(6) var<storage, read_write> statistics: array<f32>;
@group(0) @binding(7) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let start = at.row * u.columns;
  let columns = select(0, u.columns, at.row < u.rows);
  let counter = at.row * roundUp8(u.columns);

  var total = 0.0;
  for (var c = at.lane; c < columns; c += lanes) {
    var v = x[start + c];
    if (u.threshold != 0) { v = select(0.0, v * u.keepScale, isKept(u.seed, counter + c, u.threshold)); }
    v += residual[start + c];
    sum[start + c] = v;
    total += v;
  }
  let mean = rowSum(total, at) / f32(u.columns);

  var squares = 0.0;
  for (var c = at.lane; c < columns; c += lanes) {
    let centred = sum[start + c] - mean;
    squares += centred * centred;
  }
  let rstd = inverseSqrt(rowSum(squares, at) / f32(u.columns) + u.eps);

  for (var c = at.lane; c < columns; c += lanes) {
    y[start + c] = weight[c] * ((sum[start + c] - mean) * rstd) + bias[c];
  }
  if (at.lane == 0 && at.row < u.rows) {
    statistics[at.row * 2] = mean;
    statistics[at.row * 2 + 1] = rstd;
  }
}
