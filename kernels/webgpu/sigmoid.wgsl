// y = σ(x) = 1 / (1 + e^-x)
// needs shared/map_one.wgsl, shared/logistic.wgsl
fn f(x: vec4f) -> vec4f { return logistic(x); }
