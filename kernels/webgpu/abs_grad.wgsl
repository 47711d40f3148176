// dx = dy sign(x), 0 where x is 0
// needs shared/map_two.wgsl
fn f(x: vec4f, dy: vec4f) -> vec4f { return dy * sign(x); }
