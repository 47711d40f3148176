// dx = dy s (1 + x (1 - s)) with s = σ(x)
// needs shared/map_two.wgsl, shared/logistic.wgsl
fn f(x: vec4f, dy: vec4f) -> vec4f {
  let s = logistic(x);
  return dy * (s * (1 + x * (1 - s)));
}
