// y[r] = the largest of x[r, :], index[r] = the first column that holds it; the first NaN counts as the largest
// 64 invocations a workgroup, one row each: few rows are long, and the first of equals is found without a second look
// x (rows, columns)  ->  y (rows), index (rows) int32        uniforms: rows, columns        needs shared/not_a_number.wgsl
struct Uniforms { rows: u32, columns: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read_write> index: array<i32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = (group.y * groups.x + group.x) * 64 + local;
  if (row >= u.rows) { return; }
  let start = row * u.columns;
  var largest = x[start];
  var at = 0u;
  for (var c = 1u; c < u.columns && !isNaN(largest); c++) {
    let value = x[start + c];
    if (value > largest || isNaN(value)) {
      largest = value;
      at = c;
    }
  }
  y[row] = largest;
  index[row] = i32(at);
}
