// Matrix products for GPUs: a workgroup of 64 computes 64 x 64 numbers of y, k in steps of 16 that pass through workgroup memory; each
// invocation holds 8 x 8 numbers: four blocks of 4 x 4, 32 rows and 32 columns apart, so that neighbours read neighbouring vectors.
// The next step's numbers are fetched before this one's are multiplied, to be on their way meanwhile.
// (Volkov & Demmel 2008 on registers; tiles of tiles as in CUTLASS, Kerr et al. 2017.)
// Needs shared/blocks.wgsl, and of the kernel's own file: extent(), how many products there are and the rows and columns of the largest;
// storeNumber(i, column, value), which puts a number of y in place.
var<workgroup> tileA: array<vec4f, 256>; // [l][row / 4], 16 x 16 vectors of four rows
var<workgroup> tileB: array<vec4f, 256>; // [l][column / 4]

@compute @workgroup_size(64)
fn tiles64(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let tilesAcross = (extent().z + 63) / 64;
  let tilesDown = (extent().y + 63) / 64;
  let tile = group.y * groups.x + group.x;
  let column = tile % tilesAcross * 64;
  let row = tile / tilesAcross % tilesDown * 64;
  let t = tile / tilesAcross / tilesDown;
  if (t >= extent().x) { return; }
  let s = productOf(t);
  if (row >= s.m || column >= s.n) { return; }

  // the 4 x 4 block of each operand that this invocation fetches: neighbours go along the lines as they are stored
  let mineA = select(vec2u(local / 4, local % 4), vec2u(local % 16, local / 16), transposeA);
  let mineB = select(vec2u(local % 16, local / 16), vec2u(local / 4, local % 4), transposeB);
  // the blocks of y that it computes
  let down = local / 8;
  let across = local % 8;

  var y00 = mat4x4f(); var y01 = mat4x4f();
  var y10 = mat4x4f(); var y11 = mat4x4f();
  var nextA = fetchA(s, row + mineA.x * 4, mineA.y * 4);
  var nextB = fetchB(s, mineB.y * 4, column + mineB.x * 4);
  for (var l = 0u; l < s.k; l += 16) {
    workgroupBarrier();
    for (var i = 0u; i < 4; i++) {
      tileA[(mineA.y * 4 + i) * 16 + mineA.x] = nextA[i];
      tileB[(mineB.y * 4 + i) * 16 + mineB.x] = nextB[i];
    }
    workgroupBarrier();
    nextA = fetchA(s, row + mineA.x * 4, l + 16 + mineA.y * 4);
    nextB = fetchB(s, l + 16 + mineB.y * 4, column + mineB.x * 4);
    for (var i = 0u; i < 256; i += 16) {
      let a0 = tileA[i + down];
      let a1 = tileA[i + down + 8];
      let b0 = tileB[i + across];
      let b1 = tileB[i + across + 8];
      y00 += outer(a0, b0); y01 += outer(a0, b1);
      y10 += outer(a1, b0); y11 += outer(a1, b1);
    }
  }
  storeBlock(s, row + down * 4, column + across * 4, y00);
  storeBlock(s, row + down * 4, column + across * 4 + 32, y01);
  storeBlock(s, row + down * 4 + 32, column + across * 4, y10);
  storeBlock(s, row + down * 4 + 32, column + across * 4 + 32, y11);
}

/* A block of a as [l][row], zeros from k on. */
fn fetchA(s: Product, row: u32, l: u32) -> mat4x4f {
  if (l >= s.k) { return mat4x4f(); }
  return transpose(blockA(s, row, l));
}

/* A block of b as [l][column], zeros from k on. */
fn fetchB(s: Product, l: u32, column: u32) -> mat4x4f {
  if (l >= s.k) { return mat4x4f(); }
  return blockB(s, l, column);
}

fn outer(a: vec4f, b: vec4f) -> mat4x4f { return mat4x4f(a.x * b, a.y * b, a.z * b, a.w * b); }

fn storeBlock(s: Product, row: u32, column: u32, block: mat4x4f) {
  for (var i = 0u; i < 4; i++) {
    for (var j = 0u; j < 4; j++) {
      if (row + i < s.m && column + j < s.n) {
        storeNumber(s.startY + (row + i) * s.lineY + column + j, column + j, block[i][j]);
      }
    }
  }
}
