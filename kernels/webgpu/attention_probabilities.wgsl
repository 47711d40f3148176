// p = softmax(scale q kᵀ) over each head (Vaswani et al. 2017, section 3.2), then dropout, which sets the sign bit of what it drops
// a: q (query rows, heads headSize), b: k (key rows, heads headSize), segments  ->  p, a (queries, keys) matrix a head
// uniforms: sequences, heads, headSize, longestQueries, longestKeys, scale, causal, threshold, keepScale, seed
// Two passes. First the scores, a product for each head with transposeB set, divided as said in matmul.wgsl. Then `normalize`, which makes
// each row of them probabilities: a row of p is a row of shared/rows.wgsl; there are longestQueries a head, shorter sequences leave theirs.
// Needs what matmul.wgsl needs, and shared/attention.wgsl, shared/rows.wgsl, shared/random.wgsl.
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
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> segments: array<i32>;
@group(0) @binding(3) var<storage, read_write> p: array<f32>;
@group(0) @binding(4) var<uniform> u: Uniforms;

fn extent() -> vec3u { return vec3u(u.sequences * u.heads, u.longestQueries, u.longestKeys); }

fn productOf(t: u32) -> Product {
  let at = headOf(t);
  let line = u.heads * u.headSize;
  let q = rowOf(at, at.firstQuery);
  let k = rowOf(at, at.firstKey);
  return Product(at.queries, at.keys, u.headSize, q, line, k, line, at.matrix, at.keys);
}

fn weighA(four: vec4f) -> vec4f { return four; }

fn storeNumber(i: u32, column: u32, value: f32) { p[i] = u.scale * value; }

fn storeVector(i: u32, column: u32, width: u32, value: vec4f) {
  storeNumber(i, column, value.x);
  if (column + 1 < width) { storeNumber(i + 1, column, value.y); }
  if (column + 2 < width) { storeNumber(i + 2, column, value.z); }
  if (column + 3 < width) { storeNumber(i + 3, column, value.w); }
}

/* Rows of probabilities in front of this one, over all sequences and heads: where dropout counts from. */
fn headRow(at: Head, query: u32) -> u32 {
  var row = at.head * at.queries + query;
  for (var s = 0u; s < at.sequence; s++) { row += u.heads * u32(segments[s * 5 + 1]); }
  return row;
}

@compute @workgroup_size(64)
fn normalize(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = laneOf(group, groups, local);
  let query = at.row % u.longestQueries;
  let head = headOf(min(at.row / u.longestQueries, u.sequences * u.heads - 1));
  let isRow = at.row < u.sequences * u.heads * u.longestQueries && query < head.queries;
  let keys = select(0, head.keys, isRow);
  let visible = select(keys, u32(clamp(i32(query) + 1 + i32(keys) - i32(head.queries), 0, i32(keys))), u.causal != 0);
  let start = head.matrix + query * head.keys;

  var largest = lowest;
  for (var j = at.lane; j < visible; j += lanes) { largest = max(largest, p[start + j]); }
  largest = rowMax(largest, at);

  var total = 0.0;
  for (var j = at.lane; j < visible; j += lanes) {
    let e = expOrNaN(p[start + j] - largest);
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
