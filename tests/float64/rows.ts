// Kernels on the rows of a matrix in float64: softmax, LayerNorm, sums, and tables of rows.

import type { Uniforms } from "../../lib/backend/kernels.ts";
import { elementwise } from "./elementwise.ts";
import type { Buffer, Kernels } from "./kernel.ts";

export function softmaxRow(x: Buffer, y: Buffer, at: number, columns: number): void {
  let max = -Infinity;
  for (let c = 0; c < columns; c++) if (!(x[at + c] <= max)) max = x[at + c];
  if (max === -Infinity) {
    y.fill(0, at, at + columns);
    return;
  }
  let sum = 0;
  for (let c = 0; c < columns; c++) sum += y[at + c] = Math.exp(x[at + c] - max);
  for (let c = 0; c < columns; c++) y[at + c] /= sum;
}

export function logSumExp(row: Buffer): number {
  const max = row.reduce((a, b) => Math.max(a, b), -Infinity);
  return max + Math.log(row.reduce((sum, v) => sum + Math.exp(v - max), 0));
}

function layerNorm(
  [x, weight, bias]: Buffer[],
  [y, statistics]: Buffer[],
  { rows, columns, eps }: Pick<Uniforms<"layer_norm">, "rows" | "columns" | "eps">,
): void {
  for (let r = 0; r < rows; r++) {
    const row = x.subarray(r * columns, (r + 1) * columns);
    const mean = row.reduce((sum, v) => sum + v, 0) / columns;
    const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / columns;
    const rstd = 1 / Math.sqrt(variance + eps);
    statistics.set([mean, rstd], r * 2);
    for (let c = 0; c < columns; c++) y[r * columns + c] = weight[c] * (row[c] - mean) * rstd + bias[c];
  }
}

export const rows = {
  softmax([x], [y], { rows, columns }) {
    for (let r = 0; r < rows; r++) softmaxRow(x, y, r * columns, columns);
  },
  softmax_grad([y, dy], [dx], { rows, columns }) {
    for (let r = 0; r < rows; r++) {
      let dot = 0;
      for (let i = r * columns; i < (r + 1) * columns; i++) dot += y[i] * dy[i];
      for (let i = r * columns; i < (r + 1) * columns; i++) dx[i] = y[i] * (dy[i] - dot);
    }
  },
  log_softmax([x], [y], { rows, columns }) {
    for (let r = 0; r < rows; r++) {
      const row = x.subarray(r * columns, (r + 1) * columns);
      const logsumexp = logSumExp(row);
      for (let c = 0; c < columns; c++) y[r * columns + c] = row[c] - logsumexp;
    }
  },
  log_softmax_grad([y, dy], [dx], { rows, columns }) {
    for (let r = 0; r < rows; r++) {
      const total = dy.subarray(r * columns, (r + 1) * columns).reduce((sum, v) => sum + v, 0);
      for (let i = r * columns; i < (r + 1) * columns; i++) dx[i] = dy[i] - Math.exp(y[i]) * total;
    }
  },
  row_sum([x], [y], { rows, columns, factor }) {
    for (let r = 0; r < rows; r++) {
      y[r] = factor * x.subarray(r * columns, (r + 1) * columns).reduce((sum, v) => sum + v, 0);
    }
  },
  row_max([x], [y, index], { rows, columns }) {
    for (let r = 0; r < rows; r++) {
      const row = x.subarray(r * columns, (r + 1) * columns);
      y[r] = row.reduce((most, v) => Math.max(most, v), -Infinity);
      index[r] = row.findIndex((v) => Object.is(v, y[r]) || v === y[r]);
    }
  },
  gather([x, index], [y], { rows, columns, count }) {
    for (let i = 0; i < rows * count; i++) {
      const isColumn = index[i] >= 0 && index[i] < columns;
      y[i] = isColumn ? x[Math.floor(i / count) * columns + index[i]] : NaN;
    }
  },
  gather_grad([index, dy], [dx], { rows, columns, count }) {
    dx.fill(0);
    for (let i = 0; i < rows * count; i++) {
      if (index[i] >= 0 && index[i] < columns) dx[Math.floor(i / count) * columns + index[i]] += dy[i];
    }
  },
  layer_norm: layerNorm,
  residual_layer_norm([x, residual, weight, bias], [y, sum, statistics], uniforms) {
    const { rows, columns } = uniforms;
    elementwise.dropout([x], [sum], uniforms);
    for (let i = 0; i < rows * columns; i++) sum[i] += residual[i];
    layerNorm([sum, weight, bias], [y, statistics], uniforms);
  },
  layer_norm_grad([dy, x, statistics, weight], [dx], { rows, columns }) {
    for (let r = 0; r < rows; r++) {
      const [mean, rstd] = [statistics[r * 2], statistics[r * 2 + 1]];
      let [sum, dot] = [0, 0];
      for (let c = 0; c < columns; c++) {
        const g = dy[r * columns + c] * weight[c];
        sum += g;
        dot += g * (x[r * columns + c] - mean) * rstd;
      }
      for (let c = 0; c < columns; c++) {
        const normalized = (x[r * columns + c] - mean) * rstd;
        dx[r * columns + c] = rstd * (dy[r * columns + c] * weight[c] - (sum + normalized * dot) / columns);
      }
    }
  },
  layer_norm_grad_weight([dy, x, statistics], [dweight, dbias], { rows, columns }) {
    dweight.fill(0);
    dbias.fill(0);
    for (let i = 0; i < rows * columns; i++) {
      const [r, c] = [Math.floor(i / columns), i % columns];
      dweight[c] += dy[i] * (x[i] - statistics[r * 2]) * statistics[r * 2 + 1];
      dbias[c] += dy[i];
    }
  },
  sum_rows([x], [y], { rows, columns }) {
    y.fill(0);
    for (let i = 0; i < rows * columns; i++) y[i % columns] += x[i];
  },
  sum([x], [y], { size, factor }) {
    y[0] = 0;
    for (let i = 0; i < size; i++) y[0] += x[i];
    y[0] *= factor;
  },
  embedding([weight, ids], [y], { rows, columns }) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) y[r * columns + c] = ids[r] < 0 ? 0 : weight[ids[r] * columns + c];
    }
  },
  embedding_grad([ids, dy], [dweight], { rows, columns, paddingIndex }) {
    dweight.fill(0);
    for (let r = 0; r < rows; r++) {
      if (ids[r] < 0 || ids[r] === paddingIndex) continue;
      for (let c = 0; c < columns; c++) dweight[ids[r] * columns + c] += dy[r * columns + c];
    }
  },
} satisfies Partial<Kernels>;
