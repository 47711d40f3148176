// How matrix products are divided: which of the entries of kernels/webgpu/shared/product_*.wgsl runs, and over how many workgroups.

import type { Uniforms } from "../kernels.ts";
import type { Place } from "./cuts.ts";
import type { Pass } from "./pass.ts";

/** Products of one kernel: how many, the rows and columns of the largest, and the flags of kernels/webgpu/shared/blocks.wgsl. */
export interface Products {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly flags: Readonly<Record<"transposeA" | "transposeB" | "isAlignedA" | "isAlignedB", number>>;
  /** Whether four neighbouring numbers of y can be stored at once, as large tiles do; kernels that store them singly say true. */
  readonly storesVectors: boolean;
}

/** Invocations of a software adapter that run as one vector, and are a workgroup. */
const VECTOR = 8;

/** How much longer a tile of 16 x 16 takes than one of 4 x 4, measured on llvmpipe. */
const LARGE_TILE_COST = 7;

/** The pass that computes products. */
export function productPass({ batch, m, n, flags, storesVectors }: Products, isSoftware: boolean): Pass {
  const tiles = (size: number) => batch * Math.ceil(m / size) * Math.ceil(n / size);
  if (!isSoftware) return { entry: "tiles64", workgroups: tiles(64), constants: flags };
  // two cores take turns with vectors of tiles
  const [large, small] = [16, 4].map((size) => Math.ceil(tiles(size) / VECTOR / 2));
  const size = storesVectors && large * LARGE_TILE_COST <= small ? 16 : 4;
  return { entry: `tiles${size}`, workgroups: tiles(size) / VECTOR, constants: flags };
}

/** The products of `matmul`. */
export function matmulProducts(u: Uniforms<"matmul">, { lineA, lineB, lineY, startY }: Place): Products {
  const { batch, m, n, k, transposeA, transposeB } = u;
  const isAligned = (...lengths: number[]) => lengths.every((length) => length % 4 === 0);
  const isAlignedA = Number(isAligned(transposeA ? m : k, lineA) && (batch === 1 || isAligned(u.strideA)));
  const isAlignedB = Number(isAligned(transposeB ? k : n, lineB) && (batch === 1 || isAligned(u.strideB)));
  const flags = { transposeA, transposeB, isAlignedA, isAlignedB };
  return { batch, m, n, flags, storesVectors: isAligned(n, lineY, startY) };
}

/** The product of `linear`. */
export function linearProducts({ rows, n, k }: Uniforms<"linear">, { lineY, startY }: Place): Products {
  const isAligned = Number(k % 4 === 0);
  const flags = { transposeA: 0, transposeB: 1, isAlignedA: isAligned, isAlignedB: isAligned };
  return { batch: 1, m: rows, n, flags, storesVectors: [n, lineY, startY].every((length) => length % 4 === 0) };
}

/** What the attention kernels are told of their sequences. */
export interface AttentionSizes {
  readonly sequences: number;
  readonly heads: number;
  readonly headSize: number;
  readonly longestQueries: number;
  readonly longestKeys: number;
}

/** (queries, headSize) by (headSize, keys) for each head. */
export function scoresProducts(u: AttentionSizes): Products {
  const isAligned = Number(u.headSize % 4 === 0);
  const flags = { transposeA: 0, transposeB: 1, isAlignedA: isAligned, isAlignedB: isAligned };
  return { batch: u.sequences * u.heads, m: u.longestQueries, n: u.longestKeys, flags, storesVectors: true };
}

/** Weights, or their transpose, by (…, headSize) for each head. Matrices of weights start at any number, so they are not aligned. */
export function weightsProducts(u: AttentionSizes, transposeA: 0 | 1): Products {
  const flags = { transposeA, transposeB: 0, isAlignedA: 0, isAlignedB: Number(u.headSize % 4 === 0) };
  const m = transposeA ? u.longestKeys : u.longestQueries;
  return { batch: u.sequences * u.heads, m, n: u.headSize, flags, storesVectors: true };
}
