// A kernel of one function: y = f(a, b), element by element      64 invocations a workgroup, four elements each
// a (size), b (size)  ->  y (size)        uniforms: size        needs fn f(a: vec4f, b: vec4f) -> vec4f
struct Uniforms { size: u32 }
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 < u.size) { y[i] = f(a[i], b[i]); }
}
