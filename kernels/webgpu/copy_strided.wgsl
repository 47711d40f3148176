// y[offsetY + Σ i_a strideY_a] = x[offsetX + Σ i_a strideX_a] for every index (i_0, …, i_5) below the lengths; the rest of y is left alone
// 64 invocations a workgroup, one element each
// x, y: int32 or float32, copied as bits          uniforms: length0 … 5, strideX0 … 5, strideY0 … 5, offsetX, offsetY
struct Uniforms {
  length0: u32, length1: u32, length2: u32, length3: u32, length4: u32, length5: u32,
  strideX0: u32, strideX1: u32, strideX2: u32, strideX3: u32, strideX4: u32, strideX5: u32,
  strideY0: u32, strideY1: u32, strideY2: u32, strideY3: u32, strideY4: u32, strideY5: u32,
  offsetX: u32, offsetY: u32,
}
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  var rest = (group.y * groups.x + group.x) * 64 + local;
  let i5 = rest % u.length5;
  rest /= u.length5;
  let i4 = rest % u.length4;
  rest /= u.length4;
  let i3 = rest % u.length3;
  rest /= u.length3;
  let i2 = rest % u.length2;
  rest /= u.length2;
  let i1 = rest % u.length1;
  let i0 = rest / u.length1;
  if (i0 >= u.length0) { return; }
  let source = i0 * u.strideX0 + i1 * u.strideX1 + i2 * u.strideX2 + i3 * u.strideX3 + i4 * u.strideX4 + i5 * u.strideX5;
  let place = i0 * u.strideY0 + i1 * u.strideY1 + i2 * u.strideY2 + i3 * u.strideY3 + i4 * u.strideY4 + i5 * u.strideY5;
  y[u.offsetY + place] = x[u.offsetX + source];
}
