// y = x (1 + tanh u) / 2 = x σ(2u), u = √(2/π) (x + 0.044715 x³)    64 invocations a workgroup, four elements each
// x (size)  ->  y (size)        uniforms: size        needs shared/logistic.wgsl
struct Uniforms { size: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 >= u.size) { return; }
  let v = x[i];
  y[i] = v * logistic(v * (1.5957691216057308 + 0.07135481627159627 * v * v));
}
