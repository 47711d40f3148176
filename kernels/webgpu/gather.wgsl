// y[r, j] = x[r, index[r, j]]; an index that is no column gives NaN      64 invocations a workgroup, one element of y each
// x (rows, columns), index (rows, count) int32  ->  y (rows, count)        uniforms: rows, columns, count
struct Uniforms { rows: u32, columns: u32, count: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> index: array<i32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.count) { return; }
  let c = u32(index[i]);
  if (c < u.columns) {
    y[i] = x[i / u.count * u.columns + c];
  } else {
    y[i] = bitcast<f32>(0x7fc00000u + min(u.rows, 0u)); // NaN, in a form that no compiler folds and refuses
  }
}
