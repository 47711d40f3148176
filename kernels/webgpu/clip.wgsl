// x *= min(1, maxNorm / (norm + 1e-6))    64 invocations a workgroup, four elements each
// norm (1)  ->  x (size), in place        uniforms: size, maxNorm
struct Uniforms { size: u32, maxNorm: f32 }
@group(0) @binding(0) var<storage, read> norm: array<f32>;
@group(0) @binding(1) var<storage, read_write> x: array<vec4f>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 >= u.size) { return; }
  let factor = u.maxNorm / (norm[0] + 1e-6);
  if (!(factor >= 1)) { x[i] *= factor; } // a norm that is not a number makes every gradient so, as in PyTorch
}
