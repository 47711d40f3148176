// y[t] = a[t] b[t] for each of `batch` matrices
// a (m, k), stored (k, m) where transposeA; b (k, n), stored (n, k) where transposeB  ->  y (batch, m, n)
// uniforms: batch, m, n, k, transposeA, transposeB (also flags of the pipeline), strideA, strideB (numbers from one matrix to the next)
// How the work is divided is said in shared/product_registers.wgsl (software adapters) and shared/product_tiles.wgsl (GPUs), one of
// which is put in front of this file together with shared/blocks.wgsl.
// place: line (numbers from one line of a matrix, as it is stored, to the next), start (where its first line begins), adds (y += a b)
struct Uniforms {
  batch: u32, m: u32, n: u32, k: u32, transposeA: u32, transposeB: u32, strideA: u32, strideB: u32,
  lineA: u32, lineB: u32, lineY: u32, startA: u32, startB: u32, startY: u32, adds: u32,
}
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read_write> yVectors: array<vec4f>; // the same numbers; an entry uses one of the two
@group(0) @binding(3) var<uniform> u: Uniforms;

fn extent() -> vec3u { return vec3u(u.batch, u.m, u.n); }

fn productOf(t: u32) -> Product {
  return Product(
    u.m, u.n, u.k,
    u.startA + t * u.strideA, u.lineA, u.startB + t * u.strideB, u.lineB, u.startY + t * u.m * u.n, u.lineY,
  );
}

fn weighA(four: vec4f) -> vec4f { return four; }

fn storeNumber(i: u32, column: u32, value: f32) {
  if (u.adds != 0) { y[i] += value; } else { y[i] = value; }
}

fn storeVector(i: u32, column: u32, width: u32, value: vec4f) {
  if (u.adds != 0) { yVectors[i / 4] += value; } else { yVectors[i / 4] = value; }
}
