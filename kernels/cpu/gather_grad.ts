// dx[r, c] = Σ dy[r, j] over the j with index[r, j] = c, in the order of j

export function gather_grad(
  index: usize,
  dy: usize,
  dx: usize,
  rows: u32,
  columns: u32,
  count: u32,
  begin: u32,
  end: u32,
): void {
  const rowBytes: usize = columns << 2;
  memory.fill(dx + begin * rowBytes, 0, (end - begin) * rowBytes);
  for (let row: usize = begin; row < end; row++) {
    const to = dx + row * rowBytes;
    for (let i: usize = row * count; i < (row + 1) * count; i++) {
      const c = load<u32>(index + (i << 2));
      if (c < columns) store<f32>(to + (c << 2), load<f32>(to + (c << 2)) + load<f32>(dy + (i << 2)));
    }
  }
}
