// losses = (1 - t) x - min(x, 0) + ln(1 + e^-|x|), t the targets    64 invocations a workgroup, four elements each
// x (size), targets (size)  ->  losses (size)        uniforms: size
struct Uniforms { size: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> targets: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> losses: array<vec4f>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 >= u.size) { return; }
  let v = x[i];
  let e = exp(-abs(v));
  let small = e * (1 - e * (0.5 - e * 0.3333333333333333)); // ln(1 + e) loses what is small in e
  losses[i] = (1 - targets[i]) * v - min(v, vec4f(0)) + select(log(1 + e), small, e < vec4f(0.01));
}
