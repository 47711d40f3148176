// y[r, j] = x[r, index[r, j]]; an index that is no column gives NaN

export function gather(
  x: usize,
  index: usize,
  y: usize,
  rows: u32,
  columns: u32,
  count: u32,
  begin: u32,
  end: u32,
): void {
  for (let row: usize = begin; row < end; row++) {
    const from = x + (row * columns << 2);
    for (let i: usize = row * count; i < (row + 1) * count; i++) {
      const c = load<u32>(index + (i << 2));
      store<f32>(y + (i << 2), c < columns ? load<f32>(from + (c << 2)) : NaN);
    }
  }
}
