// Matrix products and attention over packed sequences in float64.

import type { Uniforms } from "../../lib/backend/kernels.ts";
import { type Buffer, isKept, type Kernels, roundUp8 } from "./kernel.ts";
import { softmaxRow } from "./rows.ts";

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

const isNegative = (x: number) => x < 0 || Object.is(x, -0);

function effective(w: number, dropped: number, keepScale: number): number {
  if (!dropped) return w;
  return isNegative(w) ? 0 : w * keepScale;
}

function matmul(
  [a, b]: Buffer[],
  [y]: Buffer[],
  { batch, m, n, k, transposeA, transposeB, strideA, strideB }: Uniforms<"matmul">,
): void {
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
}

export const products = {
  matmul,
  linear([x, weight, bias], [y], { rows, n, k }) {
    const sizes = { batch: 1, m: rows, n, k, transposeA: 0, transposeB: 1, strideA: 0, strideB: 0 };
    matmul([x, weight], [y], sizes);
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
} satisfies Partial<Kernels>;
