// dx = dy y (1 - y)
// needs shared/map_two.wgsl
fn f(y: vec4f, dy: vec4f) -> vec4f { return dy * (y * (1 - y)); }
