// dx[r, c] = Σ dy[r, j] over the j with index[r, j] = c, in the order of j        64 invocations a workgroup, one element of dx each
// index (rows, count) int32, dy (rows, count)  ->  dx (rows, columns)        uniforms: rows, columns, count
struct Uniforms { rows: u32, columns: u32, count: u32 }
@group(0) @binding(0) var<storage, read> index: array<i32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.columns) { return; }
  let first = i / u.columns * u.count;
  var sum = 0.0;
  for (var j = first; j < first + u.count; j++) {
    if (u32(index[j]) == i % u.columns) { sum += dy[j]; }
  }
  dx[i] = sum;
}
