// The kernels of the WebGPU device: for each row of the table its shader and how many workgroups it takes. What a kernel computes and
// how its work maps to workgroups is said in the head of its .wgsl file.

import { type KernelName, SUM_OF_SQUARES_CHUNK, type Uniforms } from "../kernels.ts";
import type { Place } from "./cuts.ts";
import type { Pass } from "./pass.ts";
import {
  type AttentionSizes,
  linearProducts,
  matmulProducts,
  productPass,
  type Products,
  scoresProducts,
  weightsProducts,
} from "./product.ts";

import abs from "../../../kernels/webgpu/abs.wgsl" with { type: "text" };
import absGrad from "../../../kernels/webgpu/abs_grad.wgsl" with { type: "text" };
import accumulate from "../../../kernels/webgpu/accumulate.wgsl" with { type: "text" };
import adamw from "../../../kernels/webgpu/adamw.wgsl" with { type: "text" };
import adamwCatchUp from "../../../kernels/webgpu/adamw_catch_up.wgsl" with { type: "text" };
import adamwRows from "../../../kernels/webgpu/adamw_rows.wgsl" with { type: "text" };
import add from "../../../kernels/webgpu/add.wgsl" with { type: "text" };
import attentionApply from "../../../kernels/webgpu/attention_apply.wgsl" with { type: "text" };
import attentionApplyTransposed from "../../../kernels/webgpu/attention_apply_transposed.wgsl" with { type: "text" };
import attentionProbabilities from "../../../kernels/webgpu/attention_probabilities.wgsl" with { type: "text" };
import attentionScoresGrad from "../../../kernels/webgpu/attention_scores_grad.wgsl" with { type: "text" };
import bceWithLogits from "../../../kernels/webgpu/bce_with_logits.wgsl" with { type: "text" };
import clip from "../../../kernels/webgpu/clip.wgsl" with { type: "text" };
import copyStrided from "../../../kernels/webgpu/copy_strided.wgsl" with { type: "text" };
import crossEntropy from "../../../kernels/webgpu/cross_entropy.wgsl" with { type: "text" };
import crossEntropyGrad from "../../../kernels/webgpu/cross_entropy_grad.wgsl" with { type: "text" };
import div from "../../../kernels/webgpu/div.wgsl" with { type: "text" };
import dropout from "../../../kernels/webgpu/dropout.wgsl" with { type: "text" };
import embedding from "../../../kernels/webgpu/embedding.wgsl" with { type: "text" };
import embeddingGrad from "../../../kernels/webgpu/embedding_grad.wgsl" with { type: "text" };
import exp from "../../../kernels/webgpu/exp.wgsl" with { type: "text" };
import fill from "../../../kernels/webgpu/fill.wgsl" with { type: "text" };
import gather from "../../../kernels/webgpu/gather.wgsl" with { type: "text" };
import gatherGrad from "../../../kernels/webgpu/gather_grad.wgsl" with { type: "text" };
import gelu from "../../../kernels/webgpu/gelu.wgsl" with { type: "text" };
import geluGrad from "../../../kernels/webgpu/gelu_grad.wgsl" with { type: "text" };
import geluTanh from "../../../kernels/webgpu/gelu_tanh.wgsl" with { type: "text" };
import geluTanhGrad from "../../../kernels/webgpu/gelu_tanh_grad.wgsl" with { type: "text" };
import layerNorm from "../../../kernels/webgpu/layer_norm.wgsl" with { type: "text" };
import layerNormGrad from "../../../kernels/webgpu/layer_norm_grad.wgsl" with { type: "text" };
import layerNormGradWeight from "../../../kernels/webgpu/layer_norm_grad_weight.wgsl" with { type: "text" };
import linear from "../../../kernels/webgpu/linear.wgsl" with { type: "text" };
import log from "../../../kernels/webgpu/log.wgsl" with { type: "text" };
import logSoftmax from "../../../kernels/webgpu/log_softmax.wgsl" with { type: "text" };
import logSoftmaxGrad from "../../../kernels/webgpu/log_softmax_grad.wgsl" with { type: "text" };
import maskedFill from "../../../kernels/webgpu/masked_fill.wgsl" with { type: "text" };
import matmul from "../../../kernels/webgpu/matmul.wgsl" with { type: "text" };
import mul from "../../../kernels/webgpu/mul.wgsl" with { type: "text" };
import norm from "../../../kernels/webgpu/norm.wgsl" with { type: "text" };
import relu from "../../../kernels/webgpu/relu.wgsl" with { type: "text" };
import reluGrad from "../../../kernels/webgpu/relu_grad.wgsl" with { type: "text" };
import residualLayerNorm from "../../../kernels/webgpu/residual_layer_norm.wgsl" with { type: "text" };
import rowMax from "../../../kernels/webgpu/row_max.wgsl" with { type: "text" };
import rowSum from "../../../kernels/webgpu/row_sum.wgsl" with { type: "text" };
import scale from "../../../kernels/webgpu/scale.wgsl" with { type: "text" };
import sigmoid from "../../../kernels/webgpu/sigmoid.wgsl" with { type: "text" };
import sigmoidGrad from "../../../kernels/webgpu/sigmoid_grad.wgsl" with { type: "text" };
import silu from "../../../kernels/webgpu/silu.wgsl" with { type: "text" };
import siluGrad from "../../../kernels/webgpu/silu_grad.wgsl" with { type: "text" };
import softmax from "../../../kernels/webgpu/softmax.wgsl" with { type: "text" };
import softmaxGrad from "../../../kernels/webgpu/softmax_grad.wgsl" with { type: "text" };
import sqrt from "../../../kernels/webgpu/sqrt.wgsl" with { type: "text" };
import sub from "../../../kernels/webgpu/sub.wgsl" with { type: "text" };
import sum from "../../../kernels/webgpu/sum.wgsl" with { type: "text" };
import sumOfSquares from "../../../kernels/webgpu/sum_of_squares.wgsl" with { type: "text" };
import sumRows from "../../../kernels/webgpu/sum_rows.wgsl" with { type: "text" };
import tanh from "../../../kernels/webgpu/tanh.wgsl" with { type: "text" };
import tanhGrad from "../../../kernels/webgpu/tanh_grad.wgsl" with { type: "text" };

import attention from "../../../kernels/webgpu/shared/attention.wgsl" with { type: "text" };
import columns from "../../../kernels/webgpu/shared/columns.wgsl" with { type: "text" };
import attentionWeights from "../../../kernels/webgpu/shared/attention_weights.wgsl" with { type: "text" };
import blocks from "../../../kernels/webgpu/shared/blocks.wgsl" with { type: "text" };
import erf from "../../../kernels/webgpu/shared/erf.wgsl" with { type: "text" };
import productRegisters from "../../../kernels/webgpu/shared/product_registers.wgsl" with { type: "text" };
import productTiles from "../../../kernels/webgpu/shared/product_tiles.wgsl" with { type: "text" };
import logistic from "../../../kernels/webgpu/shared/logistic.wgsl" with { type: "text" };
import notANumber from "../../../kernels/webgpu/shared/not_a_number.wgsl" with { type: "text" };
import mapOne from "../../../kernels/webgpu/shared/map_one.wgsl" with { type: "text" };
import mapTwo from "../../../kernels/webgpu/shared/map_two.wgsl" with { type: "text" };
import random from "../../../kernels/webgpu/shared/random.wgsl" with { type: "text" };
import rows from "../../../kernels/webgpu/shared/rows.wgsl" with { type: "text" };
import total from "../../../kernels/webgpu/shared/total.wgsl" with { type: "text" };

/** A kernel that is told the uniforms U: its shader, and the passes it takes, one after the other. */
export interface WebgpuKernel<U> {
  readonly code: string;
  readonly passes: (uniforms: U, place: Place) => readonly Pass[];
}

export type WebgpuKernels = { readonly [K in KernelName]: WebgpuKernel<Uniforms<K>> };

/** Invocations of a workgroup in every kernel that does not say otherwise. */
const WORKGROUP = 64;

/**
 * The kernels for an adapter.
 * @param isSoftware whether it runs on the CPU: there a barrier costs more than the work it divides, so one invocation takes a row
 */
export function webgpuKernels(isSoftware: boolean): WebgpuKernels {
  const rowLanes = isSoftware ? 1 : WORKGROUP;
  const columnLanes = isSoftware ? 1 : 8;

  const byRow = (...parts: string[]) =>
    kernel([notANumber, rows, ...parts], (u: { rows: number }) => u.rows * rowLanes / WORKGROUP, { lanes: rowLanes });
  const byColumn = (code: string) =>
    kernel([columns, code], (u: { columns: number }) => u.columns * columnLanes / WORKGROUP, { lanes: columnLanes });
  const productCode = (...parts: string[]) => join(blocks, isSoftware ? productRegisters : productTiles, ...parts);
  const product = <U>(products: (uniforms: U, place: Place) => Products, ...parts: string[]): WebgpuKernel<U> => ({
    code: productCode(...parts),
    passes: (uniforms, place) => [productPass(products(uniforms, place), isSoftware)],
  });
  /** The scores of each head, then a pass over their rows. */
  const scores = <U extends AttentionSizes>(rowEntry: string, ...parts: string[]): WebgpuKernel<U> => ({
    code: productCode(attention, notANumber, rows, ...parts),
    passes: (u) => [
      productPass(scoresProducts(u), isSoftware),
      pass(rowEntry, u.sequences * u.heads * u.longestQueries * rowLanes / WORKGROUP, { lanes: rowLanes }),
    ],
  });

  return {
    fill: byVector(fill),
    add: byVector(mapTwo, add),
    sub: byVector(mapTwo, sub),
    mul: byVector(mapTwo, mul),
    div: byVector(mapTwo, div),
    accumulate: byVector(accumulate),
    scale: byVector(scale),
    gelu: byVector(mapOne, erf, gelu),
    gelu_grad: byVector(mapTwo, notANumber, erf, geluGrad),
    tanh: byVector(mapOne, tanh),
    tanh_grad: byVector(mapTwo, tanhGrad),
    exp: byVector(mapOne, notANumber, exp),
    log: byVector(mapOne, notANumber, log),
    sqrt: byVector(mapOne, sqrt),
    abs: byVector(mapOne, abs),
    abs_grad: byVector(mapTwo, absGrad),
    relu: byVector(mapOne, relu),
    relu_grad: byVector(mapTwo, reluGrad),
    sigmoid: byVector(mapOne, notANumber, logistic, sigmoid),
    sigmoid_grad: byVector(mapTwo, sigmoidGrad),
    silu: byVector(mapOne, notANumber, logistic, silu),
    silu_grad: byVector(mapTwo, notANumber, logistic, siluGrad),
    gelu_tanh: byVector(mapOne, notANumber, logistic, geluTanh),
    gelu_tanh_grad: byVector(mapTwo, notANumber, logistic, geluTanhGrad),
    masked_fill: byVector(maskedFill),
    bce_with_logits: byVector(mapTwo, bceWithLogits),
    copy_strided: kernel(
      [copyStrided],
      (u) => u.length0 * u.length1 * u.length2 * u.length3 * u.length4 * u.length5 / WORKGROUP,
    ),
    dropout: kernel([random, dropout], ({ rows, columns }) => rows * Math.ceil(columns / 8) / WORKGROUP),
    softmax: byRow(softmax),
    softmax_grad: byRow(softmaxGrad),
    log_softmax: byRow(logSoftmax),
    log_softmax_grad: byRow(logSoftmaxGrad),
    row_sum: byRow(rowSum),
    row_max: kernel([notANumber, rowMax], (u) => u.rows / WORKGROUP),
    gather: kernel([gather], (u) => u.rows * u.count / WORKGROUP),
    gather_grad: kernel([gatherGrad], (u) => u.rows * u.columns / WORKGROUP),
    layer_norm: byRow(layerNorm),
    residual_layer_norm: byRow(random, residualLayerNorm),
    layer_norm_grad: byRow(layerNormGrad),
    layer_norm_grad_weight: byColumn(layerNormGradWeight),
    sum_rows: byColumn(sumRows),
    sum: kernel([total, sum], () => 1),
    embedding: {
      code: embedding,
      passes: ({ rows, columns }) => {
        const width = columns % 4 === 0 ? 4 : 1;
        return [pass(width === 4 ? "vectors" : "numbers", rows * columns / width / WORKGROUP)];
      },
    },
    embedding_grad: {
      code: embeddingGrad,
      passes: ({ rows, columns, vocabulary }) => [
        pass("clear", vocabulary * columns / WORKGROUP),
        isSoftware ? pass("byColumn", columns / WORKGROUP) : pass("byRow", rows),
      ],
    },
    matmul: product(matmulProducts, matmul),
    linear: product(linearProducts, linear),
    attention_probabilities: scores("normalize", random, attentionProbabilities),
    attention_apply: product((u) => weightsProducts(u, 0), attention, attentionWeights, attentionApply),
    attention_apply_transposed: product(
      (u) => weightsProducts(u, 1),
      attention,
      attentionWeights,
      attentionApplyTransposed,
    ),
    attention_scores_grad: scores("finish", attentionScoresGrad),
    cross_entropy: byRow(crossEntropy),
    cross_entropy_grad: kernel([notANumber, crossEntropyGrad], ({ rows, columns }) => rows * columns / WORKGROUP),
    adamw: byVector(adamw),
    adamw_rows: kernel([adamwRows], (u) => u.rows * u.columns / WORKGROUP),
    adamw_catch_up: kernel([adamwCatchUp], (u) => u.rows * u.columns / WORKGROUP),
    sum_of_squares: kernel([total, sumOfSquares], (u) => u.size / SUM_OF_SQUARES_CHUNK),
    norm: kernel([total, norm], () => 1),
    clip: byVector(clip),
  };
}

/** Four neighbouring elements an invocation. */
function byVector(...parts: string[]): WebgpuKernel<{ size: number }> {
  return kernel(parts, (uniforms) => uniforms.size / (4 * WORKGROUP));
}

/** A kernel of one pass. */
function kernel<U>(
  parts: readonly string[],
  workgroups: (uniforms: U) => number,
  constants?: Pass["constants"],
): WebgpuKernel<U> {
  return { code: join(...parts), passes: (uniforms) => [pass("main", workgroups(uniforms), constants)] };
}

function pass(entry: string, workgroups: number, constants: Pass["constants"] = {}): Pass {
  return { entry, workgroups, constants };
}

function join(...parts: string[]): string {
  return parts.join("\n");
}
