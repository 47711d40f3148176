// y = √x
// needs shared/map_one.wgsl
fn f(x: vec4f) -> vec4f { return sqrt(x); }
