import { run, sameShape, type Tensor } from "../tensor/mod.ts";
import { assertShapes, type Op } from "./op.ts";

/** Whether a and b are stored transposed, (k, m) and (n, k). */
export interface MatmulOptions {
  transposeA?: boolean;
  transposeB?: boolean;
}

/** y = a b over the last two axes: a (…, m, k), b (…, k, n), y (…, m, n). The axes before must be the same in both. */
export const matmul: Op<MatmulOptions> = {
  name: "matmul",
  forward([a, b], { transposeA = false, transposeB = false }) {
    return { y: product(a, b, transposeA, transposeB), saved: [a, b] };
  },
  backward(dy, { saved: [a, b], needs: [needsA, needsB], options: { transposeA = false, transposeB = false } }) {
    // with A = aᵀ where transposeA, and B likewise: dA = dy Bᵀ, dB = Aᵀ dy; transposed back to how a and b are stored
    const da = () => transposeA ? product(b, dy, transposeB, true) : product(dy, b, false, !transposeB);
    const db = () => transposeB ? product(dy, a, true, transposeA) : product(a, dy, !transposeA, false);
    return [needsA ? da() : null, needsB ? db() : null];
  },
};

function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  const rule = "a (…, m, k) and b (…, k, n) must agree in k and in the axes before";
  const [leadingA, leadingB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  assertShapes("matmul", a.shape.length >= 2 && b.shape.length >= 2 && sameShape(leadingA, leadingB), rule, a, b);
  const [m, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
  const [inner, n] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!];
  assertShapes("matmul", k === inner, rule, a, b);
  const batch = leadingA.reduce((product, length) => product * length, 1);
  return run("matmul", [a, b], [[...leadingA, m, n]], {
    batch,
    m,
    n,
    k,
    transposeA: Number(transposeA),
    transposeB: Number(transposeB),
    strideA: m * k,
    strideB: k * n,
  })[0];
}
