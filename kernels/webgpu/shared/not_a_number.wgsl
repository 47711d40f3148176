// NaN stays NaN: some drivers give ordinary numbers for exp(NaN) and ln(NaN). The test is on the bits, as a compiler may assume x == x.
fn isNaN(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
fn expOrNaN(x: f32) -> f32 { return select(exp(x), x, isNaN(x)); }
fn logOrNaN(x: f32) -> f32 { return select(log(x), x, isNaN(x)); }

/* y, but x where x is not a number. */
fn orNaN(x: vec4f, y: vec4f) -> vec4f {
  return select(y, x, (bitcast<vec4u>(x) & vec4u(0x7fffffff)) > vec4u(0x7f800000));
}
