// The reference backend: plain Float64Array loops, one kernel after the other. It is the place to read what a kernel means, and what
// central differences are taken on. Itself held to PyTorch's numbers by testOp. Slow on purpose: no trick, no thread.

import type { Backend, BufferId, HostArray } from "../lib/backend/backend.ts";
import { type KernelName, SUM_OF_SQUARES_CHUNK, type Uniforms } from "../lib/backend/kernels.ts";

type Buffer = Float64Array;
type Kernel<K extends KernelName> = (inputs: Buffer[], outputs: Buffer[], uniforms: Uniforms<K>) => void;

// ---- dropout: lowbias32 (Wellons 2018) of seed + counter; 16 bits an element, eight elements share four hashes
function hash(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function isKept(seed: number, i: number, threshold: number): boolean {
  const h = hash((seed + Math.floor(i / 8) * 4 + (i & 3)) >>> 0);
  return (i & 4 ? h >>> 16 : h & 0xffff) >= threshold;
}

const roundUp8 = (n: number) => Math.ceil(n / 8) * 8;

// ---- erf to float64: series near 0, continued fraction beyond (Abramowitz & Stegun 7.1.6 and 7.1.14)
function erf(x: number): number {
  const z = Math.abs(x);
  if (z > 6) return Math.sign(x);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let n = 1; n < 80; n++) {
      term *= (2 * z * z) / (2 * n + 1);
      sum += term;
    }
    return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
  }
  let fraction = 0;
  for (let n = 120; n > 0; n--) fraction = (n / 2) / (z + fraction);
  return Math.sign(x) * (1 - Math.exp(-z * z) / (Math.sqrt(Math.PI) * (z + fraction)));
}

const phi = (x: number) => (1 + erf(x * Math.SQRT1_2)) / 2;

function softmaxRow(x: Buffer, y: Buffer, at: number, columns: number): void {
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

/** A kernel that maps each number. */
function map(f: (x: number) => number) {
  return ([x]: Buffer[], [y]: Buffer[], { size }: { size: number }) => {
    for (let i = 0; i < size; i++) y[i] = f(x[i]);
  };
}

/** The gradient of such a kernel: dx = dy slope, taken from x or y as the table says. */
function mapGradient(slope: (value: number) => number) {
  return ([value, dy]: Buffer[], [dx]: Buffer[], { size }: { size: number }) => {
    for (let i = 0; i < size; i++) dx[i] = dy[i] * slope(value[i]);
  };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function logSumExp(row: Buffer): number {
  const max = row.reduce((a, b) => Math.max(a, b), -Infinity);
  return max + Math.log(row.reduce((sum, v) => sum + Math.exp(v - max), 0));
}

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

/** Calls `body` for each head of each sequence with where its rows and its probabilities lie. */
function forEachHead(
  segments: Buffer,
  { sequences, heads, headSize }: { sequences: number; heads: number; headSize: number },
  body: (at: {
    queries: number;
    keys: number;
    p: number;
    headRow: number;
    /** Flat index of one number of this head in a query row, and in a key row. */
    query: (row: number, i: number) => number;
    key: (row: number, i: number) => number;
  }) => void,
): void {
  const hidden = heads * headSize;
  let headRow = 0;
  for (let s = 0; s < sequences; s++) {
    const [firstQuery, queries, firstKey, keys, first] = segments.subarray(s * 5, s * 5 + 5);
    for (let h = 0; h < heads; h++) {
      body({
        queries,
        keys,
        p: first + h * queries * keys,
        headRow,
        query: (row, i) => (firstQuery + row) * hidden + h * headSize + i,
        key: (row, i) => (firstKey + row) * hidden + h * headSize + i,
      });
      headRow += queries;
    }
  }
}

const kernels: { [K in KernelName]: Kernel<K> } = {
  fill: (_, [y], { size, value }) => void y.fill(value, 0, size),
  add([a, b], [y], { size }) {
    for (let i = 0; i < size; i++) y[i] = a[i] + b[i];
  },
  sub([a, b], [y], { size }) {
    for (let i = 0; i < size; i++) y[i] = a[i] - b[i];
  },
  mul([a, b], [y], { size }) {
    for (let i = 0; i < size; i++) y[i] = a[i] * b[i];
  },
  div([a, b], [y], { size }) {
    for (let i = 0; i < size; i++) y[i] = a[i] / b[i];
  },
  accumulate([x], [y], { size }) {
    for (let i = 0; i < size; i++) y[i] += x[i];
  },
  scale([x], [y], { size, factor }) {
    for (let i = 0; i < size; i++) y[i] = factor * x[i];
  },
  gelu([x], [y], { size }) {
    for (let i = 0; i < size; i++) y[i] = x[i] * phi(x[i]);
  },
  gelu_grad([x, dy], [dx], { size }) {
    for (let i = 0; i < size; i++) {
      dx[i] = dy[i] * (phi(x[i]) + x[i] * Math.exp(-x[i] * x[i] / 2) / Math.sqrt(2 * Math.PI));
    }
  },
  tanh([x], [y], { size }) {
    for (let i = 0; i < size; i++) y[i] = Math.tanh(x[i]);
  },
  tanh_grad([y, dy], [dx], { size }) {
    for (let i = 0; i < size; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
  },
  exp: map(Math.exp),
  log: map(Math.log),
  sqrt: map(Math.sqrt),
  abs: map(Math.abs),
  abs_grad: mapGradient(Math.sign),
  relu: map((x) => Math.max(x, 0)),
  relu_grad: mapGradient((y) => y <= 0 ? 0 : 1),
  sigmoid: map(sigmoid),
  sigmoid_grad: mapGradient((y) => y * (1 - y)),
  silu: map((x) => x * sigmoid(x)),
  silu_grad: mapGradient((x) => sigmoid(x) * (1 + x * (1 - sigmoid(x)))),
  gelu_tanh: map((x) => x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))) / 2),
  gelu_tanh_grad: mapGradient((x) => {
    const t = Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3));
    return (1 + t) / 2 + x * (1 - t * t) / 2 * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
  }),
  masked_fill([x, mask], [y], { size, value }) {
    for (let i = 0; i < size; i++) y[i] = mask[i] !== 0 ? value : x[i];
  },
  bce_with_logits([x, targets], [losses], { size }) {
    for (let i = 0; i < size; i++) {
      losses[i] = Math.max(x[i], 0) - x[i] * targets[i] + Math.log1p(Math.exp(-Math.abs(x[i])));
    }
  },
  copy_strided([x], [y], u) {
    const lengths = [u.length0, u.length1, u.length2, u.length3, u.length4, u.length5];
    const stridesX = [u.strideX0, u.strideX1, u.strideX2, u.strideX3, u.strideX4, u.strideX5];
    const stridesY = [u.strideY0, u.strideY1, u.strideY2, u.strideY3, u.strideY4, u.strideY5];
    const copy = (axis: number, from: number, to: number) => {
      if (axis === lengths.length) y[to] = x[from];
      else {
        for (let i = 0; i < lengths[axis]; i++) copy(axis + 1, from + i * stridesX[axis], to + i * stridesY[axis]);
      }
    };
    copy(0, u.offsetX, u.offsetY);
  },
  dropout([x], [y], { rows, columns, threshold, keepScale, seed }) {
    for (let i = 0; i < rows * columns; i++) {
      const counter = Math.floor(i / columns) * roundUp8(columns) + i % columns;
      y[i] = threshold === 0 ? x[i] : isKept(seed, counter, threshold) ? x[i] * keepScale : 0;
    }
  },
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
  layer_norm([x, weight, bias], [y, statistics], { rows, columns, eps }) {
    for (let r = 0; r < rows; r++) {
      const row = x.subarray(r * columns, (r + 1) * columns);
      const mean = row.reduce((sum, v) => sum + v, 0) / columns;
      const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / columns;
      const rstd = 1 / Math.sqrt(variance + eps);
      statistics.set([mean, rstd], r * 2);
      for (let c = 0; c < columns; c++) y[r * columns + c] = weight[c] * (row[c] - mean) * rstd + bias[c];
    }
  },
  residual_layer_norm([x, residual, weight, bias], [y, sum, statistics], uniforms) {
    const { rows, columns } = uniforms;
    kernels.dropout([x], [sum], uniforms);
    for (let i = 0; i < rows * columns; i++) sum[i] += residual[i];
    kernels.layer_norm([sum, weight, bias], [y, statistics], uniforms);
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
  matmul([a, b], [y], { batch, m, n, k, transposeA, transposeB, strideA, strideB }) {
    for (let t = 0; t < batch; t++) {
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let l = 0; l < k; l++) {
            sum += a[t * strideA + (transposeA ? l * m + i : i * k + l)] *
              b[t * strideB + (transposeB ? j * k + l : l * n + j)];
          }
          y[(t * m + i) * n + j] = sum;
        }
      }
    }
  },
  linear([x, weight, bias], [y], { rows, n, k }) {
    const sizes = { batch: 1, m: rows, n, k, transposeA: 0, transposeB: 1, strideA: 0, strideB: 0 };
    kernels.matmul([x, weight], [y], sizes);
    for (let i = 0; i < rows * n; i++) y[i] += bias[i % n];
  },
  attention_probabilities([q, k, segments], [p], { scale, causal, threshold, seed, ...sizes }) {
    forEachHead(segments, sizes, (at) => {
      for (let i = 0; i < at.queries; i++) {
        const row = at.p + i * at.keys;
        for (let j = 0; j < at.keys; j++) {
          let dot = 0;
          for (let e = 0; e < sizes.headSize; e++) dot += q[at.query(i, e)] * k[at.key(j, e)];
          p[row + j] = causal && j > i + at.keys - at.queries ? -Infinity : dot * scale;
        }
        softmaxRow(p, p, row, at.keys);
        for (let j = 0; j < at.keys && threshold > 0; j++) {
          if (!isKept(seed, (at.headRow + i) * roundUp8(at.keys) + j, threshold)) p[row + j] = -p[row + j];
        }
      }
    });
  },
  attention_apply([w, x, segments], [y], { dropped, keepScale, ...sizes }) {
    forEachHead(segments, sizes, (at) => {
      for (let i = 0; i < at.queries; i++) {
        for (let e = 0; e < sizes.headSize; e++) {
          let sum = 0;
          for (let j = 0; j < at.keys; j++) {
            sum += effective(w[at.p + i * at.keys + j], dropped, keepScale) * x[at.key(j, e)];
          }
          y[at.query(i, e)] = sum;
        }
      }
    });
  },
  attention_apply_transposed([w, x, segments], [y], { dropped, keepScale, ...sizes }) {
    forEachHead(segments, sizes, (at) => {
      for (let j = 0; j < at.keys; j++) {
        for (let e = 0; e < sizes.headSize; e++) {
          let sum = 0;
          for (let i = 0; i < at.queries; i++) {
            sum += effective(w[at.p + i * at.keys + j], dropped, keepScale) * x[at.query(i, e)];
          }
          y[at.key(j, e)] = sum;
        }
      }
    });
  },
  attention_scores_grad([p, dy, v, segments], [ds], { scale, keepScale, ...sizes }) {
    forEachHead(segments, sizes, (at) => {
      for (let i = 0; i < at.queries; i++) {
        const row = at.p + i * at.keys;
        let dot = 0;
        for (let j = 0; j < at.keys; j++) {
          let dp = 0;
          for (let e = 0; e < sizes.headSize; e++) dp += dy[at.query(i, e)] * v[at.key(j, e)];
          ds[row + j] = isNegative(p[row + j]) ? 0 : dp * keepScale;
          dot += Math.abs(p[row + j]) * ds[row + j];
        }
        for (let j = 0; j < at.keys; j++) ds[row + j] = scale * Math.abs(p[row + j]) * (ds[row + j] - dot);
      }
    });
  },
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
  adamw([gradient], [parameter, m, v], u) {
    for (let i = 0; i < u.size; i++) {
      const g = gradient[i];
      m[i] = u.beta1 * m[i] + u.oneMinusBeta1 * g;
      if (Math.abs(m[i]) < 1e-30) m[i] = 0;
      v[i] = u.beta2 * v[i] + u.oneMinusBeta2 * g * g;
      parameter[i] = u.decay * parameter[i] - u.stepSize * m[i] / (Math.sqrt(v[i]) * u.inverseSqrtCorrection2 + u.eps);
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
};

const isNegative = (x: number) => x < 0 || Object.is(x, -0);

function effective(w: number, dropped: number, keepScale: number): number {
  if (!dropped) return w;
  return isNegative(w) ? 0 : w * keepScale;
}

/** A backend of float64 loops, for tests. Memory is the collector's business. */
export function createFloat64Backend(): Backend {
  const buffers = new Map<BufferId, Float64Array>();
  let next = 1;
  let bytes = 0;
  const of = (id: BufferId) => {
    const buffer = buffers.get(id);
    if (!buffer) throw new Error(`float64 backend: buffer ${id} was freed.`);
    return buffer;
  };
  return {
    name: "float64",
    allocate(size) {
      bytes += size;
      buffers.set(next, new Float64Array(size / 4).fill(NaN)); // what a kernel forgets to write shows
      return next++;
    },
    free(id) {
      bytes -= of(id).length * 4;
      buffers.delete(id);
    },
    write: (id, values) => of(id).set(values),
    read(id, dtype, size) {
      const values = of(id).slice(0, size);
      return Promise.resolve<HostArray>(dtype === "int32" ? Int32Array.from(values) : values);
    },
    run(kernel, inputs, outputs, uniforms) {
      const body: (inputs: Float64Array[], outputs: Float64Array[], uniforms: Uniforms<typeof kernel>) => void =
        kernels[kernel];
      body(inputs.map(of), outputs.map(of), uniforms);
    },
    settle: () => Promise.resolve(),
    memory: () => ({ inUse: bytes, buffers: buffers.size, reserved: bytes }),
    report: () => ({ name: "float64", adapter: null, blas: null, threads: 1, reason: "the tests' reference" }),
    close: () => buffers.clear(),
  };
}
