// dx = dy (1 - y²)
// needs shared/map_two.wgsl
fn f(y: vec4f, dy: vec4f) -> vec4f { return dy * (1 - y * y); }
