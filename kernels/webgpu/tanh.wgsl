// y = tanh(x)
// needs shared/map_one.wgsl
fn f(x: vec4f) -> vec4f {
  return select(tanh(x), sign(x), abs(x) > vec4f(15)); // some GPUs overflow in tanh of large numbers
}
