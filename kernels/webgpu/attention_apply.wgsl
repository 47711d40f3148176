// y = w x for each head, w (queries, keys). dropped 1: w are probabilities with dropout's marks: dropped ones count 0, others keepScale w.
// w, x (key rows, heads headSize), segments  ->  y (query rows, heads headSize)      64 invocations a workgroup, one number of y each
// uniforms: sequences, heads, headSize, longestQueries, longestKeys, dropped, keepScale        needs shared/attention.wgsl
struct Uniforms {
  sequences: u32,
  heads: u32,
  headSize: u32,
  longestQueries: u32,
  longestKeys: u32,
  dropped: u32,
  keepScale: f32,
}
@group(0) @binding(0) var<storage, read> w: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> segments: array<i32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  let e = i % u.headSize;
  let query = i / u.headSize % u.longestQueries;
  let index = i / u.headSize / u.longestQueries;
  if (index >= u.sequences * u.heads) { return; }
  let head = headOf(index);
  if (query >= head.queries) { return; }

  let start = head.matrix + query * head.keys;
  var sum = 0.0;
  for (var j = 0u; j < head.keys; j++) {
    let weight = w[start + j];
    if (u.dropped == 0 || !isDropped(weight)) { sum += weight * x[rowOf(head, head.firstKey + j) + e]; }
  }
  y[rowOf(head, head.firstQuery + query) + e] = sum * select(1, u.keepScale, u.dropped != 0);
}
