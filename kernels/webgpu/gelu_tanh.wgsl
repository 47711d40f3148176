// y = x (1 + tanh u) / 2 = x σ(2u), u = √(2/π) (x + 0.044715 x³)
// needs shared/map_one.wgsl, shared/logistic.wgsl
fn f(x: vec4f) -> vec4f { return x * logistic(x * (1.5957691216057308 + 0.07135481627159627 * x * x)); }
