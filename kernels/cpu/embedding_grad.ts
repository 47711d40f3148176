// dweight[ids[r], :] += dy[r, :] over all r, from zeros. Units are rows of the vocabulary: each thread clears its own
// and adds what falls there in the order of r, so repeated ids always add up in the same order.

export function embedding_grad(
  ids: usize,
  dy: usize,
  dweight: usize,
  rows: u32,
  columns: u32,
  vocabulary: u32,
  paddingIndex: i32,
  begin: u32,
  end: u32,
): void {
  const rowBytes: usize = columns << 2;
  memory.fill(dweight + begin * rowBytes, 0, (end - begin) * rowBytes);
  for (let row: usize = 0; row < rows; row++) {
    const id = load<i32>(ids + (row << 2));
    if (u32(id) < begin || u32(id) >= end || id == paddingIndex) continue; // a negative id is above every `end`
    const y = dweight + usize(id) * rowBytes;
    const x = dy + row * rowBytes;
    let i: usize = 0;
    for (; i + 16 <= rowBytes; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), v128.load(x + i)));
    for (; i < rowBytes; i += 4) store<f32>(y + i, load<f32>(y + i) + load<f32>(x + i));
  }
}
