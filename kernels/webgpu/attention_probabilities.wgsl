// p = softmax(scale q kᵀ) over each head (Vaswani et al. 2017, section 3.2), then dropout, which sets the sign bit of what it drops
// q (query rows, heads headSize), k (key rows, heads headSize), segments  ->  p, a (queries, keys) matrix a head
// uniforms: sequences, heads, headSize, longestQueries, longestKeys, scale, causal, threshold, keepScale, seed
// One row of p is a row of shared/rows.wgsl; there are longestQueries for each head, shorter sequences leave theirs alone.
// Needs shared/rows.wgsl, shared/attention.wgsl and shared/random.wgsl.
struct Uniforms {
  sequences: u32,
  heads: u32,
  headSize: u32,
  longestQueries: u32,
  longestKeys: u32,
  scale: f32,
  causal: u32,
  threshold: u32,
  keepScale: f32,
  seed: u32,
}
@group(0) @binding(0) var<storage, read> q: array<f32>;
@group(0) @binding(1) var<storage, read> k: array<f32>;
@group(0) @binding(2) var<storage, read> segments: array<i32>;
@group(0) @binding(3) var<storage, read_write> p: array<f32>;
@group(0) @binding(4) var<uniform> u: Uniforms;

/* Rows of probabilities in front of this one, over all sequences and heads: where dropout counts from. */
fn headRow(at: Head, query: u32) -> u32 {
  var row = at.head * at.queries + query;
  for (var s = 0u; s < at.sequence; s++) { row += u.heads * u32(segments[s * 5 + 1]); }
  return row;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let query = at.row % u.longestQueries;
  let head = headOf(min(at.row / u.longestQueries, u.sequences * u.heads - 1));
  let isRow = at.row < u.sequences * u.heads * u.longestQueries && query < head.queries;
  let keys = select(0, head.keys, isRow);
  let visible = select(keys, u32(clamp(i32(query) + 1 + i32(keys) - i32(head.queries), 0, i32(keys))), u.causal != 0);
  let start = head.matrix + query * head.keys;
  let qRow = rowOf(head, head.firstQuery + query);

  var largest = lowest;
  for (var j = at.lane; j < visible; j += lanes) {
    let kRow = rowOf(head, head.firstKey + j);
    var dot = 0.0;
    for (var e = 0u; e < u.headSize; e++) { dot += q[qRow + e] * k[kRow + e]; }
    dot *= u.scale;
    p[start + j] = dot;
    largest = max(largest, dot);
  }
  largest = rowMax(largest, at);

  var total = 0.0;
  for (var j = at.lane; j < visible; j += lanes) {
    let e = exp(p[start + j] - largest);
    p[start + j] = e;
    total += e;
  }
  total = rowSum(total, at);

  let factor = select(1 / total, 0.0, total == 0);
  var counter = 0u;
  if (u.threshold != 0) { counter = headRow(head, query) * roundUp8(head.keys); }
  for (var j = at.lane; j < keys; j += lanes) {
    let probability = select(0.0, p[start + j] * factor, j < visible);
    let drops = u.threshold != 0 && !isKept(u.seed, counter + j, u.threshold);
    p[start + j] = bitcast<f32>(bitcast<u32>(probability) | select(0u, 0x80000000u, drops));
  }
}
