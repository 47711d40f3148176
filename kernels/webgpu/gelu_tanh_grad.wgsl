// dx = dy s (1 + x (1 - s) u') with s = σ(2u), u' = d 2u / dx; see gelu_tanh.wgsl
// needs shared/map_two.wgsl, shared/logistic.wgsl
fn f(x: vec4f, dy: vec4f) -> vec4f {
  let v = clamp(x, vec4f(-20), vec4f(20)); // beyond, s is 0 or 1 and x² might not be finite
  let s = logistic(v * (1.5957691216057308 + 0.07135481627159627 * v * v));
  return dy * orNaN(x, s + s * (v * (1 - s) * (1.5957691216057308 + 0.21406444881478882 * v * v)));
}
