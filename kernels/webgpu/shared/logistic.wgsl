// σ(x) = 1 / (1 + e^-x), taken from e^-|x| so that nothing overflows. Needs shared/not_a_number.wgsl.
fn logistic(x: vec4f) -> vec4f {
  let e = exp(-abs(x));
  return orNaN(x, select(vec4f(1), e, x < vec4f(0)) / (1 + e));
}
