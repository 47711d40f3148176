// y[r] = weight[ids[r]], zeros where the id is negative
// weight (vocabulary, columns), ids (rows) int32  ->  y (rows, columns)        uniforms: rows, columns
// place: weight holds rows first … end - 1 of a table; rows of y whose id is beyond them are left alone
// 64 invocations a workgroup, each four neighbours where columns is a multiple of 4 (`vectors`), else one element (`numbers`).
struct Uniforms { rows: u32, columns: u32, first: u32, end: u32 }
@group(0) @binding(0) var<storage, read> weight: array<f32>;
@group(0) @binding(0) var<storage, read> weightVectors: array<vec4f>; // the same numbers; an entry uses one of the two
@group(0) @binding(1) var<storage, read> ids: array<i32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read_write> yVectors: array<vec4f>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn vectors(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  let width = u.columns / 4;
  if (i >= u.rows * width) { return; }
  let id = ids[i / width];
  if (id < 0) {
    yVectors[i] = vec4f(0);
  } else if (u32(id) >= u.first && u32(id) < u.end) {
    yVectors[i] = weightVectors[(u32(id) - u.first) * width + i % width];
  }
}

@compute @workgroup_size(64)
fn numbers(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.columns) { return; }
  let id = ids[i / u.columns];
  if (id < 0) {
    y[i] = 0;
  } else if (u32(id) >= u.first && u32(id) < u.end) {
    y[i] = weight[(u32(id) - u.first) * u.columns + i % u.columns];
  }
}
