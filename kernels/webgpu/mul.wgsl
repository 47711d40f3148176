// y = a b, element by element
// needs shared/map_two.wgsl
fn f(a: vec4f, b: vec4f) -> vec4f { return a * b; }
