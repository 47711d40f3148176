// dx = dy s (1 + x (1 - s) u') with s = σ(2u), u' = d 2u / dx; see gelu_tanh.wgsl    64 invocations a workgroup, four elements each
// x (size), dy (size)  ->  dx (size)        uniforms: size        needs shared/logistic.wgsl
struct Uniforms { size: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> dy: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> dx: array<vec4f>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 >= u.size) { return; }
  let v = clamp(x[i], vec4f(-20), vec4f(20)); // beyond, s is 0 or 1 and x² might not be finite
  let s = logistic(v * (1.5957691216057308 + 0.07135481627159627 * v * v));
  dx[i] = dy[i] * orNaN(x[i], s + s * (v * (1 - s) * (1.5957691216057308 + 0.21406444881478882 * v * v)));
}
