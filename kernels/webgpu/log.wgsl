// y = ln x: -infinity at 0, not a number below
// needs shared/map_one.wgsl, shared/not_a_number.wgsl
fn f(x: vec4f) -> vec4f {
  // written out by their bits, as some drivers give ordinary numbers there; added to 0, as a compiler refuses them as constants
  let lowest = bitcast<f32>(0xff800000u + min(u.size, 0u));
  let nothing = bitcast<f32>(0x7fc00000u + min(u.size, 0u));
  let y0 = select(log(x), vec4f(lowest), x == vec4f(0));
  return orNaN(x, select(y0, vec4f(nothing), x < vec4f(0)));
}
