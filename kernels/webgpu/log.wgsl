// y = ln x: -infinity at 0, not a number below    64 invocations a workgroup, four elements each
// x (size)  ->  y (size)        uniforms: size        needs shared/not_a_number.wgsl
struct Uniforms { size: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i * 4 >= u.size) { return; }
  // written out by their bits, as some drivers give ordinary numbers there; added to 0, as a compiler refuses them as constants
  let lowest = bitcast<f32>(0xff800000u + min(u.size, 0u));
  let nothing = bitcast<f32>(0x7fc00000u + min(u.size, 0u));
  let v = x[i];
  let y0 = select(log(v), vec4f(lowest), v == vec4f(0));
  y[i] = orNaN(v, select(y0, vec4f(nothing), v < vec4f(0)));
}
