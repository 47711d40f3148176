// Matrix products for software adapters. Such an adapter runs eight invocations as one vector, reads memory one invocation at a time and
// pays dearly for barriers: what counts is arithmetic per read. So each invocation computes a tile of y in registers, on its own.
//   tiles16x8: 16 rows and 8 columns, k in steps of 4. A workgroup is 16 tiles, so that both cores find work in a matrix of 128 x 128.
//              The eight blocks of a tile are named one by one, because an array of them would live in memory.
//   tiles4:    4 rows and 4 columns, for a y of few rows or columns.
// Needs shared/blocks.wgsl, and of the kernel's own file: extent(), how many products there are and the rows and columns of the largest;
// storeNumber(i, column, value) and storeVector(i, column, width, value), which put numbers of y in place (up to four; width in all).
struct Tile { t: u32, row: u32, column: u32 }

/* Tile number `index` of those with that many rows and columns: product after product, row after row. */
fn tileOf(index: u32, rows: u32, columns: u32) -> Tile {
  let across = (extent().z + columns - 1) / columns;
  let down = (extent().y + rows - 1) / rows;
  return Tile(index / across / down, index / across % down * rows, index % across * columns);
}

@compute @workgroup_size(64)
fn tiles4(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = tileOf((group.y * groups.x + group.x) * 64 + local, 4, 4);
  if (tile.t >= extent().x) { return; }
  let s = productOf(tile.t);
  if (tile.row >= s.m || tile.column >= s.n) { return; }
  var y = mat4x4f();
  for (var l = 0u; l < s.k; l += 4) {
    // WGSL's matrices are lists of columns and ours of rows, so the factors change places
    y += blockB(s, l, tile.column) * blockA(s, tile.row, l);
  }
  for (var i = 0u; i < 16; i++) {
    let row = tile.row + i / 4;
    let column = tile.column + i % 4;
    if (row < s.m && column < s.n) { storeNumber(s.startY + row * s.lineY + column, column, y[i / 4][i % 4]); }
  }
}

@compute @workgroup_size(16)
fn tiles16x8(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = tileOf((group.y * groups.x + group.x) * 16 + local, 16, 8);
  if (tile.t >= extent().x) { return; }
  let s = productOf(tile.t);
  let row = tile.row;
  let column = tile.column;
  if (row >= s.m || column >= s.n) { return; }

  var y00 = mat4x4f(); var y01 = mat4x4f();
  var y10 = mat4x4f(); var y11 = mat4x4f();
  var y20 = mat4x4f(); var y21 = mat4x4f();
  var y30 = mat4x4f(); var y31 = mat4x4f();
  for (var l = 0u; l < s.k; l += 4) {
    let b0 = blockB(s, l, column);
    let b1 = blockB(s, l, column + 4);
    let a0 = blockA(s, row, l);
    y00 += b0 * a0; y01 += b1 * a0;
    let a1 = blockA(s, row + 4, l);
    y10 += b0 * a1; y11 += b1 * a1;
    let a2 = blockA(s, row + 8, l);
    y20 += b0 * a2; y21 += b1 * a2;
    let a3 = blockA(s, row + 12, l);
    y30 += b0 * a3; y31 += b1 * a3;
  }
  storeBlock(s, row, column, y00); storeBlock(s, row, column + 4, y01);
  storeBlock(s, row + 4, column, y10); storeBlock(s, row + 4, column + 4, y11);
  storeBlock(s, row + 8, column, y20); storeBlock(s, row + 8, column + 4, y21);
  storeBlock(s, row + 12, column, y30); storeBlock(s, row + 12, column + 4, y31);
}

fn storeBlock(s: Product, row: u32, column: u32, block: mat4x4f) {
  storeLine(s, row, column, block[0]);
  storeLine(s, row + 1, column, block[1]);
  storeLine(s, row + 2, column, block[2]);
  storeLine(s, row + 3, column, block[3]);
}

fn storeLine(s: Product, row: u32, column: u32, four: vec4f) {
  if (row < s.m && column < s.n) { storeVector(s.startY + row * s.lineY + column, column, s.n, four); }
}
