// y[r] = weight[ids[r]], zeros where the id is negative      64 invocations a workgroup, one element each
// weight (vocabulary, columns), ids (rows) int32  ->  y (rows, columns)        uniforms: rows, columns
struct Uniforms { rows: u32, columns: u32 }
@group(0) @binding(0) var<storage, read> weight: array<f32>;
@group(0) @binding(1) var<storage, read> ids: array<i32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.columns) { return; }
  let id = ids[i / u.columns];
  if (id < 0) {
    y[i] = 0;
  } else {
    y[i] = weight[u32(id) * u.columns + i % u.columns];
  }
}
