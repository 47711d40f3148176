// y = e^x                        64 invocations a workgroup, four elements each
// x (size)  ->  y (size)        uniforms: size        needs shared/not_a_number.wgsl
struct Uniforms { size: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 < u.size) { y[i] = orNaN(x[i], exp(x[i])); }
}
