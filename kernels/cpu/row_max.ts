// y[r] = the largest of x[r, :], index[r] = the first column that holds it; the first NaN counts as the largest

export function row_max(x: usize, y: usize, index: usize, rows: u32, columns: u32, begin: u32, end: u32): void {
  for (let row: usize = begin; row < end; row++) {
    const start = x + (row * columns << 2);
    let largest = load<f32>(start);
    let at: u32 = 0;
    for (let c: u32 = 1; c < columns && largest == largest; c++) {
      const v = load<f32>(start + (c << 2));
      if (v <= largest) continue;
      largest = v;
      at = c;
    }
    store<f32>(y + (row << 2), largest);
    store<u32>(index + (row << 2), at);
  }
}
