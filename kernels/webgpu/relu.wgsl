// y = max(x, 0)
// needs shared/map_one.wgsl
fn f(x: vec4f) -> vec4f { return select(x, vec4f(0), x < vec4f(0)); }
