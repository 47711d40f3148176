// Blocks of 4 x 4 numbers of the operands of a matrix product y = a b, held in arrays of vec4f named `a` and `b`.
// A block starts within k; what it holds from k on is 0. Rows and columns beyond the matrix repeat its last ones or hold 0: they only
// reach numbers of y that are not stored. A file that uses these declares a and b, and
//   productOf(t)   the t-th of the kernel's products,
//   weighA(four)   what stands for four numbers of a (the numbers themselves, but for dropout).
// The flags are set when the pipeline is made, so that each set is a program of its own.
override transposeA: bool = false; // a is stored (k, m), not (m, k)
override transposeB: bool = false; // b is stored (n, k), not (k, n)
override isAlignedA: bool = false; // a's lines, as they are stored, start at multiples of 4 numbers and have as many
override isAlignedB: bool = false;

/* y (m, n) = a (m, k) b (k, n); each matrix is lines of neighbouring numbers: where it starts, and how far from one line to the next. */
struct Product { m: u32, n: u32, k: u32, startA: u32, lineA: u32, startB: u32, lineB: u32, startY: u32, lineY: u32 }

/* Rows row … row+3 of a, numbers l … l+3 of each: [row][l]. */
fn blockA(s: Product, row: u32, l: u32) -> mat4x4f {
  if (transposeA) {
    return transpose(mat4x4f(acrossA(s, l, row), acrossA(s, l + 1, row), acrossA(s, l + 2, row), acrossA(s, l + 3, row)));
  }
  return mat4x4f(alongA(s, row, l), alongA(s, row + 1, l), alongA(s, row + 2, l), alongA(s, row + 3, l));
}

/* Numbers l … l+3 of columns column … column+3 of b: [l][column]. */
fn blockB(s: Product, l: u32, column: u32) -> mat4x4f {
  if (transposeB) {
    return transpose(mat4x4f(alongB(s, column, l), alongB(s, column + 1, l), alongB(s, column + 2, l), alongB(s, column + 3, l)));
  }
  return mat4x4f(acrossB(s, l, column), acrossB(s, l + 1, column), acrossB(s, l + 2, column), acrossB(s, l + 3, column));
}

/* Four numbers along k, of a line of k numbers. */
fn alongA(s: Product, row: u32, l: u32) -> vec4f {
  let i = s.startA + min(row, s.m - 1) * s.lineA + l;
  if (isAlignedA) { return weighA(a[i / 4]); }
  return select(vec4f(0), weighA(fourOfA(i)), isBelow(s.k, l));
}

fn alongB(s: Product, column: u32, l: u32) -> vec4f {
  let i = s.startB + min(column, s.n - 1) * s.lineB + l;
  if (isAlignedB) { return b[i / 4]; }
  return select(vec4f(0), fourOfB(i), isBelow(s.k, l));
}

/* Four numbers of one l, of a line of m (a) or n (b) numbers. */
fn acrossA(s: Product, l: u32, row: u32) -> vec4f {
  let start = s.startA + l * s.lineA;
  if (isAlignedA) { return select(vec4f(0), weighA(a[(start + min(row, s.m - 4)) / 4]), l < s.k); }
  return select(vec4f(0), weighA(fourOfA(start + row)), isBelow(select(0, s.m, l < s.k), row));
}

fn acrossB(s: Product, l: u32, column: u32) -> vec4f {
  let start = s.startB + l * s.lineB;
  if (isAlignedB) { return select(vec4f(0), b[(start + min(column, s.n - 4)) / 4], l < s.k); }
  return select(vec4f(0), fourOfB(start + column), isBelow(select(0, s.n, l < s.k), column));
}

fn fourOfA(i: u32) -> vec4f {
  return vec4f(a[i / 4][i % 4], a[(i + 1) / 4][(i + 1) % 4], a[(i + 2) / 4][(i + 2) % 4], a[(i + 3) / 4][(i + 3) % 4]);
}

fn fourOfB(i: u32) -> vec4f {
  return vec4f(b[i / 4][i % 4], b[(i + 1) / 4][(i + 1) % 4], b[(i + 2) / 4][(i + 2) % 4], b[(i + 3) / 4][(i + 3) % 4]);
}

/* Which of i … i+3 are below `end`. */
fn isBelow(end: u32, i: u32) -> vec4<bool> { return vec4u(i) + vec4u(0, 1, 2, 3) < vec4u(end); }
