// y = keepScale x where kept, else 0; a threshold of 0 keeps all
// x (rows, columns)  ->  y (rows, columns)        uniforms: rows, columns, threshold, keepScale, seed      needs shared/random.wgsl
// 64 invocations a workgroup, each eight neighbours of a row: one block of random bits, two elements of 16 bits to a hash.
struct Uniforms { rows: u32, columns: u32, threshold: u32, keepScale: f32, seed: u32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let block = (group.y * groups.x + group.x) * 64 + local;
  let blocksARow = roundUp8(u.columns) / 8;
  let row = block / blocksARow;
  let column = block % blocksARow * 8;
  if (row >= u.rows) { return; }
  let i = row * u.columns + column;
  for (var c = 0u; c < min(4, u.columns - column); c++) {
    let bits = hash(u.seed + block * 4 + c);
    y[i + c] = select(0.0, x[i + c] * u.keepScale, (bits & 0xffff) >= u.threshold);
    if (column + c + 4 < u.columns) { y[i + c + 4] = select(0.0, x[i + c + 4] * u.keepScale, (bits >> 16) >= u.threshold); }
  }
}
