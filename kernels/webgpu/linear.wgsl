// y = x weightᵀ + bias
// a: x (rows, k), b: weight (n, k), bias (n)  ->  y (rows, n)         uniforms: rows, n, k
// The product of matmul.wgsl with transposeB set; how its work is divided is said there.
struct Uniforms { rows: u32, n: u32, k: u32 }
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read> biasVectors: array<vec4f>; // the same numbers; an entry uses one of the two
@group(0) @binding(3) var<storage, read_write> yVectors: array<vec4f>;
@group(0) @binding(4) var<uniform> u: Uniforms;

fn shape() -> Shape { return Shape(1, u.rows, u.n, u.k, 0, 0); }

fn storeNumber(t: u32, row: u32, column: u32, value: f32) { y[row * u.n + column] = value + bias[column]; }

fn storeVector(t: u32, row: u32, column: u32, value: vec4f) {
  yVectors[(row * u.n + column) / 4] = value + biasVectors[column / 4];
}
