// partials[first + c] = Σ x² over chunk c of 16384 elements (SUM_OF_SQUARES_CHUNK)      one workgroup a chunk; needs shared/total.wgsl
// x (size)  ->  partials, in place        uniforms: size, first
struct Uniforms { size: u32, first: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> results: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;
const vectorsAChunk = 4096u;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let chunk = group.y * groups.x + group.x;
  let end = min((chunk + 1) * vectorsAChunk, (u.size + 3) / 4);
  var sum = vec4f(0);
  for (var i = chunk * vectorsAChunk + local; i < end; i += 64) {
    let v = upTo(u.size, i, x[i]);
    sum += v * v;
  }
  let result = total(sum, local);
  if (local == 0 && chunk * vectorsAChunk < end) { results[u.first + chunk] = result; }
}
