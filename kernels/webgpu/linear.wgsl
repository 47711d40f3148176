// y = x weightᵀ + bias
// a: x (rows, k), b: weight (n, k), bias (n)  ->  y (rows, n)         uniforms: rows, n, k
// place: lineY, startY, as in matmul.wgsl
// The product of matmul.wgsl with transposeB set; how its work is divided is said there.
struct Uniforms { rows: u32, n: u32, k: u32, lineY: u32, startY: u32 }
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read> biasVectors: array<vec4f>; // the same numbers; an entry uses one of the two
@group(0) @binding(3) var<storage, read_write> yVectors: array<vec4f>;
@group(0) @binding(4) var<uniform> u: Uniforms;

fn extent() -> vec3u { return vec3u(1, u.rows, u.n); }

fn productOf(t: u32) -> Product { return Product(u.rows, u.n, u.k, 0, u.k, 0, u.k, u.startY, u.lineY); }

fn weighA(four: vec4f) -> vec4f { return four; }

fn storeNumber(i: u32, column: u32, value: f32) { y[i] = value + bias[column]; }

fn storeVector(i: u32, column: u32, width: u32, value: vec4f) { yVectors[i / 4] = value + biasVectors[column / 4]; }
