// y[r, :] = weight[ids[r], :]; a negative id gives a row of zeros

export function embedding(
  weight: usize,
  ids: usize,
  y: usize,
  rows: u32,
  columns: u32,
  begin: u32,
  end: u32,
): void {
  const rowBytes: usize = columns << 2;
  for (let row: usize = begin; row < end; row++) {
    const id = load<i32>(ids + (row << 2));
    if (id < 0) memory.fill(y + row * rowBytes, 0, rowBytes);
    else memory.copy(y + row * rowBytes, weight + usize(id) * rowBytes, rowBytes);
  }
}
