import type { Uniforms } from "../backend/kernels.ts";
import { run, sameShape, type Shape, sizeOf, type Tensor, update } from "../tensor/mod.ts";
import { type DropoutOptions, dropoutUniforms } from "./dropout.ts";
import { assertDType, assertShapes, type Op } from "./op.ts";

export interface AttentionOptions {
  heads: number;
  /** Numbers in all probability matrices together: Σ heads · queries · keys. */
  probabilities: number;
  /** Query i sees keys 0 … i + keys - queries only. */
  causal?: boolean;
  dropout?: DropoutOptions;
}

/**
 * Scaled dot-product attention with several heads over packed sequences (Vaswani et al. 2017, section 3.2), no padding anywhere.
 * Inputs q (queries, hidden), k and v (keys, hidden), segments int32 (sequences, 5): first query row, query rows, first key row,
 * key rows, first probability. y (queries, hidden). A query that sees no key gets zeros.
 */
export const attention: Op<AttentionOptions> = {
  name: "attention",
  forward([q, k, v, segments], options) {
    assertShapes("attention", sameShape(k.shape, v.shape), "k and v must both be (keys, hidden)", k, v);
    const p = attentionProbabilities([q, k, segments], options);
    const [y] = run("attention_apply", [p, v, segments], [q.shape], {
      ...sizes(q, segments, options),
      ...drops(options),
    });
    return { y, saved: [q, k, v, segments, p] };
  },
  backward(dy, { saved: [q, k, v, segments, p], options }) {
    const shape = sizes(q, segments, options);
    const plain = { ...shape, dropped: 0, keepScale: 1 };
    const { keepScale } = drops(options);
    const dv = transposed(p, dy, segments, v.shape, { ...shape, ...drops(options) });
    const [ds] = run("attention_scores_grad", [p, dy, v, segments], [p.shape], {
      ...shape,
      scale: scaleOf(shape),
      keepScale,
    });
    const [dq] = run("attention_apply", [ds, k, segments], [q.shape], plain);
    const dk = transposed(ds, q, segments, k.shape, plain);
    return [dq, dk, dv, null];
  },
};

/** The probabilities alone, (Σ heads · queries · keys), one sequence after the other, for plots. Inputs q, k, segments as above. */
export function attentionProbabilities([q, k, segments]: readonly Tensor[], options: AttentionOptions): Tensor {
  assertShapes(
    "attention",
    q.shape.length === 2 && k.shape.length === 2 && q.shape[1] === k.shape[1],
    "q and k must be (rows, hidden)",
    q,
    k,
  );
  assertDType("attention", "int32", "segments", segments);
  if (q.shape[1] % options.heads !== 0) {
    throw new RangeError(`attention: hidden size ${q.shape[1]} is not a multiple of ${options.heads} heads.`);
  }
  const shape = sizes(q, segments, options);
  const [p] = run("attention_probabilities", [q, k, segments], [[options.probabilities]], {
    ...shape,
    scale: scaleOf(shape),
    causal: Number(options.causal ?? false),
    ...dropoutUniforms(options.dropout ?? { p: 0, seed: 0 }),
  });
  return p;
}

// rows of keys and values that no segment names have a gradient of zero; the kernel leaves them alone
function transposed(
  w: Tensor,
  x: Tensor,
  segments: Tensor,
  shape: Shape,
  uniforms: Uniforms<"attention_apply_transposed">,
): Tensor {
  const named = segments.hostData?.reduce((rows, value, i) => rows + (i % 5 === 3 ? value : 0), 0);
  if (named === shape[0]) return run("attention_apply_transposed", [w, x, segments], [shape], uniforms)[0];
  const [y] = run("fill", [], [shape], { size: sizeOf(shape), value: 0 });
  update("attention_apply_transposed", [w, x, segments], [y], uniforms);
  return y;
}

function sizes(q: Tensor, segments: Tensor, { heads }: AttentionOptions) {
  const longest = (column: number) => {
    if (!segments.hostData) throw new TypeError(`attention: segments must be a tensor made on the host.`);
    return segments.hostData.reduce((most, value, i) => (i % 5 === column ? Math.max(most, value) : most), 0);
  };
  return {
    sequences: segments.shape[0],
    heads,
    headSize: q.shape[1] / heads,
    longestQueries: longest(1),
    longestKeys: longest(3),
  };
}

function scaleOf({ headSize }: { headSize: number }): number {
  return 1 / Math.sqrt(headSize);
}

function drops({ dropout }: AttentionOptions): { dropped: number; keepScale: number } {
  const { threshold, keepScale } = dropoutUniforms(dropout ?? { p: 0, seed: 0 });
  return { dropped: Number(threshold > 0), keepScale };
}
