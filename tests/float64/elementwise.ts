// Elementwise kernels, dropout and strided copies in float64: what each of them means.

import { type Buffer, isKept, type Kernels, roundUp8 } from "./kernel.ts";

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

export const elementwise = {
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
  abs_grad: mapGradient((x) => Math.sign(x) || 0), // 0 at NaN, as in PyTorch
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
      losses[i] = (1 - targets[i]) * x[i] - Math.min(x[i], 0) + Math.log1p(Math.exp(-Math.abs(x[i])));
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
} satisfies Partial<Kernels>;
