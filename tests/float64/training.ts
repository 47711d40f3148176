// The loss and the optimizer's kernels in float64.

import { SUM_OF_SQUARES_CHUNK, type Uniforms } from "../../lib/backend/kernels.ts";
import type { Buffer, Kernels } from "./kernel.ts";
import { logSumExp } from "./rows.ts";

/** What cross-entropy wants of each class; nothing of a label that is ignored. */
function targetOf(
  label: number,
  weights: Buffer,
  { columns, ignoreIndex, smoothing, weighted }: Uniforms<"cross_entropy">,
): Float64Array {
  return Float64Array.from({ length: columns }, (_, c) => {
    if (label === ignoreIndex) return 0;
    const wanted = (c === label ? 1 - smoothing : 0) + smoothing / columns;
    return wanted * (weighted ? weights[c] : 1);
  });
}

function adamwStep(
  parameter: Buffer,
  m: Buffer,
  v: Buffer,
  i: number,
  gradient: number,
  u: Omit<Uniforms<"adamw">, "size" | "maxNorm">,
): void {
  m[i] = u.beta1 * m[i] + u.oneMinusBeta1 * gradient;
  if (Math.abs(m[i]) < 1e-30) m[i] = 0;
  v[i] = u.beta2 * v[i] + u.oneMinusBeta2 * gradient * gradient;
  parameter[i] = u.decay * parameter[i] - u.stepSize * m[i] / (Math.sqrt(v[i]) * u.inverseSqrtCorrection2 + u.eps);
}

export const training = {
  cross_entropy([logits, labels, weights], [losses, statistics], u) {
    for (let r = 0; r < u.rows; r++) {
      const row = logits.subarray(r * u.columns, (r + 1) * u.columns);
      statistics[r] = logSumExp(row);
      losses[r] = 0;
      const target = targetOf(labels[r], weights, u);
      for (let c = 0; c < u.columns; c++) if (target[c] !== 0) losses[r] += target[c] * (statistics[r] - row[c]);
    }
  },
  cross_entropy_grad([logits, labels, weights, statistics, dy], [dlogits], u) {
    for (let r = 0; r < u.rows; r++) {
      const target = targetOf(labels[r], weights, u);
      const mass = target.reduce((sum, v) => sum + v, 0);
      for (let c = 0; c < u.columns; c++) {
        const p = Math.exp(logits[r * u.columns + c] - statistics[r]);
        dlogits[r * u.columns + c] = (mass * p - target[c]) * dy[u.perRow ? r : 0] * u.factor;
      }
    }
  },
  adamw([gradient, norm], [parameter, m, v], u) {
    const factor = Math.min(1, u.maxNorm / (norm[0] + 1e-6));
    for (let i = 0; i < u.size; i++) adamwStep(parameter, m, v, i, factor * gradient[i], u);
  },
  adamw_rows([gradient, ids], [parameter, m, v], u) {
    for (let i = 0; i < u.rows * u.columns; i++) {
      adamwStep(parameter, m, v, ids[Math.floor(i / u.columns)] * u.columns + i % u.columns, gradient[i], u);
    }
  },
  adamw_catch_up([ids, index, history], [parameter, m, v], u) {
    for (let i = 0; i < u.rows * u.columns; i++) {
      const row = Math.floor(i / u.columns);
      for (let step = index[row]; step < u.steps; step++) {
        const [decay, stepSize, inverseSqrtCorrection2] = history.subarray(step * 3);
        const numbers = { ...u, oneMinusBeta1: 0, oneMinusBeta2: 0, decay, stepSize, inverseSqrtCorrection2 };
        adamwStep(parameter, m, v, ids[row] * u.columns + i % u.columns, 0, numbers);
      }
    }
  },
  sum_of_squares([x], [partials], { size, first }) {
    for (let chunk = 0; chunk * SUM_OF_SQUARES_CHUNK < size; chunk++) {
      let sum = 0;
      const end = Math.min(size, (chunk + 1) * SUM_OF_SQUARES_CHUNK);
      for (let i = chunk * SUM_OF_SQUARES_CHUNK; i < end; i++) sum += x[i] * x[i];
      partials[first + chunk] = sum;
    }
  },
  norm([partials], [y], { size }) {
    y[0] = Math.sqrt(partials.subarray(0, size).reduce((sum, v) => sum + v, 0));
  },
  clip([norm], [x], { size, maxNorm }) {
    const factor = Math.min(1, maxNorm / (norm[0] + 1e-6));
    for (let i = 0; i < size; i++) x[i] *= factor;
  },
} satisfies Partial<Kernels>;
