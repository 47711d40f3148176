// How a matrix product is divided: which of the entries of kernels/webgpu/shared/product_*.wgsl runs, and over how many workgroups.

import type { Uniforms } from "../kernels.ts";
import type { Pass } from "./pass.ts";

/** The pass that computes a product of this shape. */
export function productPass(shape: Uniforms<"matmul">, isSoftware: boolean): Pass {
  const { batch, m, n } = shape;
  const constants = flags(shape);
  const tiles = (rows: number, columns: number) => batch * Math.ceil(m / rows) * Math.ceil(n / columns);
  if (!isSoftware) return { entry: "main", workgroups: tiles(64, 64), constants };

  // large tiles are the fastest where they do not lie mostly beyond the edge; reading numbers one by one, as lines that are not aligned
  // need, would make that program take a minute to compile
  const isWasteful = tiles(16, 8) * 128 > 4 * batch * m * n;
  return constants.isAlignedA && constants.isAlignedB && n % 4 === 0 && !isWasteful
    ? { entry: "tiles16x8", workgroups: tiles(16, 8) / 16, constants }
    : { entry: "tiles4", workgroups: tiles(4, 4) / 64, constants };
}

/** The flags of kernels/webgpu/shared/blocks.wgsl. */
function flags({ batch, m, n, k, transposeA, transposeB, strideA, strideB }: Uniforms<"matmul">) {
  const isAligned = (length: number, stride: number) => Number(length % 4 === 0 && (batch === 1 || stride % 4 === 0));
  return {
    transposeA,
    transposeB,
    isAlignedA: isAligned(transposeA ? m : k, strideA),
    isAlignedB: isAligned(transposeB ? k : n, strideB),
  };
}
