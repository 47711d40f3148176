// dweight[c] = Σ dy[:, c] (x[:, c] - mean) rstd, dbias[c] = Σ dy[:, c]      columns as in shared/columns.wgsl
// dy (rows, columns), x (rows, columns), statistics (rows, 2): mean, rstd  ->  dweight (columns), dbias (columns)
// uniforms: rows, columns        place: adds (to what the outputs hold)
struct Uniforms { rows: u32, columns: u32, adds: u32 }
@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> statistics: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> dweight: array<f32>;
@group(0) @binding(4) var<storage, read_write> dbias: array<f32>;
@group(0) @binding(5) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let rows = select(0, u.rows, at.column < u.columns);

  var weightSum = 0.0;
  var biasSum = 0.0;
  for (var r = at.lane; r < rows; r += lanes) {
    let i = r * u.columns + at.column;
    weightSum += dy[i] * ((x[i] - statistics[r].x) * statistics[r].y);
    biasSum += dy[i];
  }
  weightSum = columnSum(weightSum, at);
  biasSum = columnSum(biasSum, at);

  if (at.lane != 0 || at.column >= u.columns) { return; }
  if (u.adds != 0) {
    weightSum += dweight[at.column];
    biasSum += dbias[at.column];
  }
  dweight[at.column] = weightSum;
  dbias[at.column] = biasSum;
}
