// y = keepScale x where kept, else 0      64 invocations a workgroup, one element each
// x (rows, columns)  ->  y (rows, columns)        uniforms: rows, columns, threshold, keepScale, seed      needs shared/random.wgsl
struct Uniforms { rows: u32, columns: u32, threshold: u32, keepScale: f32, seed: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i >= u.rows * u.columns) { return; }
  if (u.threshold == 0) {
    y[i] = x[i];
    return;
  }
  let counter = i / u.columns * roundUp8(u.columns) + i % u.columns;
  y[i] = select(0.0, x[i] * u.keepScale, isKept(u.seed, counter, u.threshold));
}
