// y = x Φ(x) (Hendrycks & Gimpel 2016), Φ through erf
// needs shared/map_one.wgsl, shared/erf.wgsl
fn f(x: vec4f) -> vec4f { return x * normalBelow(x); }
