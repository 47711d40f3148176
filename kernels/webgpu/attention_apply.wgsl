// y = w x for each head, w (queries, keys). dropped 1: w are probabilities with dropout's marks: dropped ones count 0, others keepScale w.
// a: w, b: x (key rows, heads headSize), segments  ->  y (query rows, heads headSize)
// uniforms: sequences, heads, headSize, longestQueries, longestKeys, dropped, keepScale
// A product for each head, divided as said in matmul.wgsl. Needs what that needs, and shared/attention.wgsl, shared/attention_weights.wgsl.
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

fn extent() -> vec3u { return vec3u(u.sequences * u.heads, u.longestQueries, u.headSize); }

fn productOf(t: u32) -> Product {
  let at = headOf(t);
  let line = u.heads * u.headSize;
  return Product(at.queries, u.headSize, at.keys, at.matrix, at.keys, rowOf(at, at.firstKey), line, rowOf(at, at.firstQuery), line);
}
