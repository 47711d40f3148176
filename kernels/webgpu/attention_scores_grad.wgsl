// ds = scale p (dp - Σ p dp) with dp = keepScale dy vᵀ where p was kept, 0 where its sign bit says dropped: the gradient of q kᵀ
// p, a: dy (query rows, heads headSize), b: v (key rows, heads headSize), segments  ->  ds, laid out as p
// uniforms: sequences, heads, headSize, longestQueries, longestKeys, scale, keepScale
// Two passes, as in attention_probabilities.wgsl: ds = dy vᵀ, then `finish`, row by row.
// Needs what matmul.wgsl needs, and shared/attention.wgsl, shared/rows.wgsl.
struct Uniforms {
  sequences: u32,
  heads: u32,
  headSize: u32,
  longestQueries: u32,
  longestKeys: u32,
  scale: f32,
  keepScale: f32,
}
@group(0) @binding(0) var<storage, read> p: array<f32>;
@group(0) @binding(1) var<storage, read> a: array<vec4f>;
@group(0) @binding(2) var<storage, read> b: array<vec4f>;
@group(0) @binding(3) var<storage, read> segments: array<i32>;
@group(0) @binding(4) var<storage, read_write> ds: array<f32>;
@group(0) @binding(5) var<uniform> u: Uniforms;

fn extent() -> vec3u { return vec3u(u.sequences * u.heads, u.longestQueries, u.longestKeys); }

fn productOf(t: u32) -> Product {
  let at = headOf(t);
  let line = u.heads * u.headSize;
  let dy = rowOf(at, at.firstQuery);
  let v = rowOf(at, at.firstKey);
  return Product(at.queries, at.keys, u.headSize, dy, line, v, line, at.matrix, at.keys);
}

fn weighA(four: vec4f) -> vec4f { return four; }

fn storeNumber(i: u32, column: u32, value: f32) { ds[i] = value; }

fn storeVector(i: u32, column: u32, width: u32, value: vec4f) {
  ds[i] = value.x;
  if (column + 1 < width) { ds[i + 1] = value.y; }
  if (column + 2 < width) { ds[i + 2] = value.z; }
  if (column + 3 < width) { ds[i + 3] = value.w; }
}

@compute @workgroup_size(64)
fn finish(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let query = at.row % u.longestQueries;
  let head = headOf(min(at.row / u.longestQueries, u.sequences * u.heads - 1));
  let isRow = at.row < u.sequences * u.heads * u.longestQueries && query < head.queries;
  let start = head.matrix + query * head.keys;
  let end = select(start, start + head.keys, isRow);

  var dot = 0.0;
  for (var i = start + at.lane; i < end; i += lanes) {
    let probability = p[i];
    let dp = select(ds[i] * u.keepScale, 0.0, isDropped(vec4f(probability)).x);
    ds[i] = dp;
    dot += abs(probability) * dp;
  }
  dot = rowSum(dot, at);

  for (var i = start + at.lane; i < end; i += lanes) { ds[i] = u.scale * abs(p[i]) * (ds[i] - dot); }
}
