// y, but x where x is not a number: some drivers give exp(NaN) as 0. The test is on the bits, as a compiler may assume x == x.
fn orNaN(x: vec4f, y: vec4f) -> vec4f {
  return select(y, x, (bitcast<vec4u>(x) & vec4u(0x7fffffff)) > vec4u(0x7f800000));
}
