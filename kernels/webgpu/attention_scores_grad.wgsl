// ds = scale p (dp - Σ p dp) with dp = keepScale dy vᵀ where p was kept, 0 where its sign bit says dropped: the gradient of q kᵀ
// p, dy (query rows, heads headSize), v (key rows, heads headSize), segments  ->  ds, laid out as p
// uniforms: sequences, heads, headSize, longestQueries, longestKeys, scale, keepScale
// One row of p is a row of shared/rows.wgsl, as in attention_probabilities.wgsl. Needs shared/rows.wgsl and shared/attention.wgsl.
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
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read> v: array<f32>;
@group(0) @binding(3) var<storage, read> segments: array<i32>;
@group(0) @binding(4) var<storage, read_write> ds: array<f32>;
@group(0) @binding(5) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let query = at.row % u.longestQueries;
  let head = headOf(min(at.row / u.longestQueries, u.sequences * u.heads - 1));
  let isRow = at.row < u.sequences * u.heads * u.longestQueries && query < head.queries;
  let keys = select(0, head.keys, isRow);
  let start = head.matrix + query * head.keys;
  let dyRow = rowOf(head, head.firstQuery + query);

  var dot = 0.0;
  for (var j = at.lane; j < keys; j += lanes) {
    var dp = 0.0;
    if (!isDropped(p[start + j])) {
      let vRow = rowOf(head, head.firstKey + j);
      for (var e = 0u; e < u.headSize; e++) { dp += dy[dyRow + e] * v[vRow + e]; }
      dp *= u.keepScale;
    }
    ds[start + j] = dp;
    dot += abs(p[start + j]) * dp;
  }
  dot = rowSum(dot, at);

  for (var j = at.lane; j < keys; j += lanes) {
    ds[start + j] = u.scale * abs(p[start + j]) * (ds[start + j] - dot);
  }
}
