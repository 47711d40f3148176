// dx = dy (Φ(x) + x φ(x)), φ the normal density                 64 invocations a workgroup, four elements each
// x (size), dy (size)  ->  dx (size)      uniforms: size        needs shared/erf.wgsl, shared/not_a_number.wgsl
struct Uniforms { size: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> dy: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> dx: array<vec4f>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 >= u.size) { return; }
  let v = x[i];
  let near = clamp(v, vec4f(-20), vec4f(20)); // beyond, the density is 0 and x² might not be finite
  let density = 0.3989422804014327 * exp(-0.5 * near * near);
  dx[i] = dy[i] * orNaN(v, normalBelow(v) + near * density);
}
