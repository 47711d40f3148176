// y = e^x
// needs shared/map_one.wgsl, shared/not_a_number.wgsl
fn f(x: vec4f) -> vec4f { return orNaN(x, exp(x)); }
