// y[c] = Σ x[:, c]                columns as in shared/columns.wgsl
// x (rows, columns)  ->  y (columns)      uniforms: rows, columns        place: adds (to what y holds)
struct Uniforms { rows: u32, columns: u32, adds: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let rows = select(0, u.rows, at.column < u.columns);

  var sum = 0.0;
  for (var r = at.lane; r < rows; r += lanes) { sum += x[r * u.columns + at.column]; }
  sum = columnSum(sum, at);

  if (at.lane != 0 || at.column >= u.columns) { return; }
  if (u.adds != 0) { sum += y[at.column]; }
  y[at.column] = sum;
}
