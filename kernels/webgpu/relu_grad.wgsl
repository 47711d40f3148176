// dx = dy where y > 0, else 0
// needs shared/map_two.wgsl
fn f(y: vec4f, dy: vec4f) -> vec4f { return select(dy, vec4f(0), y <= vec4f(0)); }
