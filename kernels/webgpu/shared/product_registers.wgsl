// Matrix products for software adapters. Such an adapter runs eight invocations as one vector, reads memory one invocation at a time and
// pays dearly for barriers: what counts is arithmetic per read. So each invocation computes a tile of y in registers, on its own.
//   tiles16: 16 rows and 16 columns, k in steps of 4
//   tiles4:  4 rows and 4 columns, for a y of few rows or columns
// A workgroup is one such vector, as llvmpipe runs larger ones as coroutines that keep their registers in memory.
// Needs shared/blocks.wgsl, and of the kernel's own file: extent(), how many products there are and the rows and columns of the largest;
// storeNumber(i, column, value) and storeVector(i, column, width, value), which put numbers of y in place (up to four; width in all).
struct Tile { t: u32, row: u32, column: u32 }

/* Tile number `index` of those with that many rows and columns: product after product, row after row. */
fn tileOf(index: u32, rows: u32, columns: u32) -> Tile {
  let across = (extent().z + columns - 1) / columns;
  let down = (extent().y + rows - 1) / rows;
  return Tile(index / across / down, index / across % down * rows, index % across * columns);
}

@compute @workgroup_size(8)
fn tiles4(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = tileOf((group.y * groups.x + group.x) * 8 + local, 4, 4);
  if (tile.t >= extent().x) { return; }
  let s = productOf(tile.t);
  if (tile.row >= s.m || tile.column >= s.n) { return; }
  var y = mat4x4f();
  for (var l = 0u; l < s.k; l += 4) {
    y += blockB(s, l, tile.column) * blockA(s, tile.row, l); // in this order, as in addProduct
  }
  for (var i = 0u; i < 16; i++) {
    let row = tile.row + i / 4;
    let column = tile.column + i % 4;
    if (row < s.m && column < s.n) { storeNumber(s.startY + row * s.lineY + column, column, y[i / 4][i % 4]); }
  }
}

/* Four rows and 16 columns of y, or four l and 16 columns of b. Named parts, as an array of them would be read through addresses. */
struct Strip { c0: mat4x4f, c4: mat4x4f, c8: mat4x4f, c12: mat4x4f }

@compute @workgroup_size(8)
fn tiles16(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let tile = tileOf((group.y * groups.x + group.x) * 8 + local, 16, 16);
  if (tile.t >= extent().x) { return; }
  let s = productOf(tile.t);
  let row = tile.row;
  let column = tile.column;
  if (row >= s.m || column >= s.n) { return; }

  var y0 = Strip();
  var y4 = Strip();
  var y8 = Strip();
  var y12 = Strip();
  for (var l = 0u; l < s.k; l += 4) {
    let b = Strip(blockB(s, l, column), blockB(s, l, column + 4), blockB(s, l, column + 8), blockB(s, l, column + 12));
    y0 = addProduct(y0, blockA(s, row, l), b);
    y4 = addProduct(y4, blockA(s, row + 4, l), b);
    y8 = addProduct(y8, blockA(s, row + 8, l), b);
    y12 = addProduct(y12, blockA(s, row + 12, l), b);
  }
  storeStrip(s, row, column, y0);
  storeStrip(s, row + 4, column, y4);
  storeStrip(s, row + 8, column, y8);
  storeStrip(s, row + 12, column, y12);
}

/* y + a b. WGSL's matrices are lists of columns and ours of rows, so the factors change places. */
fn addProduct(y: Strip, a: mat4x4f, b: Strip) -> Strip {
  return Strip(y.c0 + b.c0 * a, y.c4 + b.c4 * a, y.c8 + b.c8 * a, y.c12 + b.c12 * a);
}

fn storeStrip(s: Product, row: u32, column: u32, y: Strip) {
  storeBlock(s, row, column, y.c0);
  storeBlock(s, row, column + 4, y.c4);
  storeBlock(s, row, column + 8, y.c8);
  storeBlock(s, row, column + 12, y.c12);
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
