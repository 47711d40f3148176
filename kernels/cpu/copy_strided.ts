// y[offsetY + Σ i_a strideY_a] = x[offsetX + Σ i_a strideX_a] for every index (i_0, …, i_5) below the lengths; the rest of y is left alone.
// Bits are copied as they are. Units are the indices of the first five axes; the last axis goes in one piece.

export function copy_strided(
  x: usize,
  y: usize,
  l0: u32,
  l1: u32,
  l2: u32,
  l3: u32,
  l4: u32,
  l5: u32,
  sx0: u32,
  sx1: u32,
  sx2: u32,
  sx3: u32,
  sx4: u32,
  sx5: u32,
  sy0: u32,
  sy1: u32,
  sy2: u32,
  sy3: u32,
  sy4: u32,
  sy5: u32,
  offsetX: u32,
  offsetY: u32,
  begin: u32,
  end: u32,
): void {
  let rest = begin;
  let i4 = rest % l4;
  rest /= l4;
  let i3 = rest % l3;
  rest /= l3;
  let i2 = rest % l2;
  rest /= l2;
  let i1 = rest % l1;
  let i0 = rest / l1;
  for (let unit = begin; unit < end; unit++) {
    const from = x + ((offsetX + i0 * sx0 + i1 * sx1 + i2 * sx2 + i3 * sx3 + i4 * sx4) << 2);
    const to = y + ((offsetY + i0 * sy0 + i1 * sy1 + i2 * sy2 + i3 * sy3 + i4 * sy4) << 2);
    copyAxis(from, to, l5, sx5, sy5);
    if (++i4 < l4) continue;
    i4 = 0;
    if (++i3 < l3) continue;
    i3 = 0;
    if (++i2 < l2) continue;
    i2 = 0;
    if (++i1 < l1) continue;
    i1 = 0;
    i0++;
  }
}

function copyAxis(from: usize, to: usize, length: u32, strideX: u32, strideY: u32): void {
  if (strideX == 1 && strideY == 1) {
    memory.copy(to, from, length << 2);
  } else if (strideX == 0 && strideY == 1) {
    repeat(from, to, length);
  } else {
    const stepX = strideX << 2;
    const stepY = strideY << 2;
    for (let i: u32 = 0; i < length; i++, from += stepX, to += stepY) store<u32>(to, load<u32>(from));
  }
}

/** One number, `length` times. */
function repeat(from: usize, to: usize, length: u32): void {
  const v = v128.load32_splat(from);
  const stop = to + (length << 2);
  for (; to + 16 <= stop; to += 16) v128.store(to, v);
  for (; to < stop; to += 4) v128.store32_lane(to, v, 0);
}
