// y = x σ(x) (Elfwing, Uchibe & Doya 2017)
// needs shared/map_one.wgsl, shared/logistic.wgsl
fn f(x: vec4f) -> vec4f { return x * logistic(x); }
