// erf to float32 (largest error 1.1e-7), and the normal distribution on top of it. WGSL has none.
// Near 0 an odd polynomial; beyond 1 it is 1 - exp(-P(t)). Both were fitted by weighted least squares (Lawson's iteration).
fn erf(x: vec4f) -> vec4f {
  let t = abs(x);
  let s = t * t;
  let near = t * (1.128378987312317 + s * (-0.3761206567287445 + s * (0.11278680711984634 + s * (-0.026676716282963753
    + s * (0.004882827866822481 + s * -0.0005504993605427444)))));
  let r = min(t, vec4f(4)); // 1 - erf(4) is below float32's resolution
  let far = 1 - exp(-(0.002671690657734871 + r * (1.117438554763794 + r * (0.6544888615608215 + r * (0.08863421529531479
    + r * (-0.014778134413063526 + r * 0.001150424126535654))))));
  let magnitude = select(far, near, t < vec4f(1));
  return select(magnitude, -magnitude, x < vec4f(0));
}

/* Φ(x), the probability that a standard normal number is below x. */
fn normalBelow(x: vec4f) -> vec4f { return 0.5 + 0.5 * erf(x * 0.7071067811865476); }
