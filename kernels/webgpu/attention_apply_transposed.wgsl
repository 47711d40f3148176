// y = wᵀ x for each head, w (queries, keys), read as in attention_apply.wgsl. Rows of y that no segment names are left alone.
// a: w, b: x (query rows, heads headSize), segments  ->  y (key rows, heads headSize)
// uniforms: sequences, heads, headSize, longestQueries, longestKeys, dropped, keepScale
// A product for each head with transposeA set, divided as said in matmul.wgsl. Needs what attention_apply.wgsl needs.
struct Uniforms {
  sequences: u32,
  heads: u32,
  headSize: u32,
  longestQueries: u32,
  longestKeys: u32,
  dropped: u32,
  keepScale: f32,
}
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> segments: array<i32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> u: Uniforms;

fn extent() -> vec3u { return vec3u(u.sequences * u.heads, u.longestKeys, u.headSize); }

fn productOf(t: u32) -> Product {
  let at = headOf(t);
  let line = u.heads * u.headSize;
  return Product(at.keys, u.headSize, at.queries, at.matrix, at.keys, rowOf(at, at.firstQuery), line, rowOf(at, at.firstKey), line);
}
