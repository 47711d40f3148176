// Matrix products for the other kernels: a BLAS where there is one, called in place on this memory through `sgemm`,
// else gemm.ts.

import { gemm } from "./gemm";
import { hasBatch, hasBlas } from "./runtime";

@external("env", "sgemm")
declare function sgemm(
  transposeA: bool,
  transposeB: bool,
  m: u32,
  n: u32,
  k: u32,
  alpha: f32,
  a: usize,
  lda: u32,
  b: usize,
  ldb: u32,
  beta: f32,
  y: usize,
  ldy: u32,
): void;

@external("env", "sgemmBatch")
declare function sgemmBatch(
  transposeA: bool,
  transposeB: bool,
  m: u32,
  n: u32,
  k: u32,
  alpha: f32,
  a: usize,
  lda: u32,
  strideA: u32,
  b: usize,
  ldb: u32,
  strideB: u32,
  beta: f32,
  y: usize,
  ldy: u32,
  strideY: u32,
  count: u32,
): void;

/**
 * y (m, n) = alpha op(a) op(b) + beta y with beta 0 or 1; lda, ldb and ldy are row lengths of what is stored, in
 * numbers.
 */
export function product(
  transposeA: bool,
  transposeB: bool,
  m: u32,
  n: u32,
  k: u32,
  alpha: f32,
  a: usize,
  lda: u32,
  b: usize,
  ldb: u32,
  beta: f32,
  y: usize,
  ldy: u32,
): void {
  if (m == 0 || n == 0) return;
  if (k == 0) {
    if (beta == 0) { for (let i: u32 = 0; i < m; i++) memory.fill(y + (i * ldy << 2), 0, n << 2); }
  } else if (hasBlas) sgemm(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, y, ldy);
  else gemm(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, y, ldy);
}

/** `count` products of the same sizes, matrix i at a + i strideA and so on (strides in numbers). */
export function productBatch(
  transposeA: bool,
  transposeB: bool,
  m: u32,
  n: u32,
  k: u32,
  alpha: f32,
  a: usize,
  lda: u32,
  strideA: u32,
  b: usize,
  ldb: u32,
  strideB: u32,
  beta: f32,
  y: usize,
  ldy: u32,
  strideY: u32,
  count: u32,
): void {
  if (hasBatch && count > 1 && m > 0 && n > 0 && k > 0) {
    sgemmBatch(
      transposeA,
      transposeB,
      m,
      n,
      k,
      alpha,
      a,
      lda,
      strideA,
      b,
      ldb,
      strideB,
      beta,
      y,
      ldy,
      strideY,
      count,
    );
    return;
  }
  for (let i: u32 = 0; i < count; i++) {
    product(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, y, ldy);
    a += strideA << 2;
    b += strideB << 2;
    y += strideY << 2;
  }
}
