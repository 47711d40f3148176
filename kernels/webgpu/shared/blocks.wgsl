// Blocks of 4 x 4 numbers of a product's operands `a` and `b`, stored as arrays of vec4f. A block starts within k (l < k); what it holds
// beyond k is 0. Rows and columns beyond the matrix repeat its last ones or hold 0: they only reach numbers of y that are not stored.
// A file that uses these declares `a`, `b` and shape(); the flags are set when the pipeline is made, so that each set is a program of its own.
override transposeA: bool = false; // a is stored (k, m), not (m, k)
override transposeB: bool = false; // b is stored (n, k), not (k, n)
override isAlignedA: bool = false; // lines of a, as they are stored, are multiples of 4 numbers and start at one
override isAlignedB: bool = false;

struct Shape { batch: u32, m: u32, n: u32, k: u32, strideA: u32, strideB: u32 }

/* Rows row … row+3 of matrix t of a, numbers l … l+3 of each: [row][l]. */
fn blockA(s: Shape, t: u32, row: u32, l: u32) -> mat4x4f {
  let start = t * s.strideA;
  if (transposeA) {
    return transpose(mat4x4f(
      acrossA(start, l, row, s),
      acrossA(start, l + 1, row, s),
      acrossA(start, l + 2, row, s),
      acrossA(start, l + 3, row, s),
    ));
  }
  return mat4x4f(
    alongA(start, row, l, s),
    alongA(start, row + 1, l, s),
    alongA(start, row + 2, l, s),
    alongA(start, row + 3, l, s),
  );
}

/* Numbers l … l+3 of columns column … column+3 of matrix t of b: [l][column]. */
fn blockB(s: Shape, t: u32, l: u32, column: u32) -> mat4x4f {
  let start = t * s.strideB;
  if (transposeB) {
    return transpose(mat4x4f(
      alongB(start, column, l, s),
      alongB(start, column + 1, l, s),
      alongB(start, column + 2, l, s),
      alongB(start, column + 3, l, s),
    ));
  }
  return mat4x4f(
    acrossB(start, l, column, s),
    acrossB(start, l + 1, column, s),
    acrossB(start, l + 2, column, s),
    acrossB(start, l + 3, column, s),
  );
}

/* Four numbers along k, of a line of k numbers. */
fn alongA(start: u32, row: u32, l: u32, s: Shape) -> vec4f {
  let i = start + min(row, s.m - 1) * s.k + l;
  if (isAlignedA) { return a[i / 4]; }
  return upTo4A(i, s.k - l);
}

fn alongB(start: u32, column: u32, l: u32, s: Shape) -> vec4f {
  let i = start + min(column, s.n - 1) * s.k + l;
  if (isAlignedB) { return b[i / 4]; }
  return upTo4B(i, s.k - l);
}

/* Four numbers of one l, of a line of m (a) or n (b) numbers. */
fn acrossA(start: u32, l: u32, row: u32, s: Shape) -> vec4f {
  if (isAlignedA) { return select(vec4f(0), a[(start + l * s.m + min(row, s.m - 4)) / 4], l < s.k); }
  return upTo4A(start + l * s.m + row, select(0, s.m - min(row, s.m), l < s.k));
}

fn acrossB(start: u32, l: u32, column: u32, s: Shape) -> vec4f {
  if (isAlignedB) { return select(vec4f(0), b[(start + l * s.n + min(column, s.n - 4)) / 4], l < s.k); }
  return upTo4B(start + l * s.n + column, select(0, s.n - min(column, s.n), l < s.k));
}

/* The first `count` of four numbers from i on, then zeros. */
fn upTo4A(i: u32, count: u32) -> vec4f {
  var four = vec4f(0);
  if (count > 0) { four.x = a[i / 4][i % 4]; }
  if (count > 1) { four.y = a[(i + 1) / 4][(i + 1) % 4]; }
  if (count > 2) { four.z = a[(i + 2) / 4][(i + 2) % 4]; }
  if (count > 3) { four.w = a[(i + 3) / 4][(i + 3) % 4]; }
  return four;
}

fn upTo4B(i: u32, count: u32) -> vec4f {
  var four = vec4f(0);
  if (count > 0) { four.x = b[i / 4][i % 4]; }
  if (count > 1) { four.y = b[(i + 1) / 4][(i + 1) % 4]; }
  if (count > 2) { four.z = b[(i + 2) / 4][(i + 2) % 4]; }
  if (count > 3) { four.w = b[(i + 3) / 4][(i + 3) % 4]; }
  return four;
}
