import { run, scope, type Shape, sizeOf, type Tensor } from "../tensor/mod.ts";
import { broadcastShape, expandTo, sumTo } from "./broadcast.ts";
import { assertShapes, type Op } from "./op.ts";

/** Whether a and b are stored transposed, (k, m) and (n, k). */
export interface MatmulOptions {
  transposeA?: boolean;
  transposeB?: boolean;
}

/** y = a b over the last two axes: a (…, m, k), b (…, k, n), y (…, m, n). The axes before are broadcast. */
export const matmul: Op<MatmulOptions> = {
  name: "matmul",
  forward: ([a, b], { transposeA = false, transposeB = false }) =>
    scope(() => ({ y: product(a, b, transposeA, transposeB), saved: [a, b] })),
  backward(dy, { saved: [a, b], needs: [needsA, needsB], options: { transposeA = false, transposeB = false } }) {
    // with A = aᵀ where transposeA, and B likewise: dA = dy Bᵀ, dB = Aᵀ dy; transposed back to how a and b are stored
    const da = () => transposeA ? product(b, dy, transposeB, true) : product(dy, b, false, !transposeB);
    const db = () => transposeB ? product(dy, a, true, transposeA) : product(a, dy, !transposeA, false);
    if (isOneMatrix(b) && !transposeA) {
      // many rows by one matrix: its gradient is one product over all of them
      const [rows, up] = [asMatrix(a), asMatrix(dy)];
      const whole = () => transposeB ? product(up, rows, true, false) : product(rows, up, true, false);
      return [needsA ? sumTo(da(), a.shape) : null, needsB ? whole().alias(b.shape) : null];
    }
    return [needsA ? sumTo(da(), a.shape) : null, needsB ? sumTo(db(), b.shape) : null];
  },
};

/** Every product is made here; tensors made on the way are the caller's scope's. */
function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  const rule = "a (…, m, k) and b (…, k, n) must agree in k, and fit in the axes before";
  assertShapes("matmul", a.shape.length >= 2 && b.shape.length >= 2, rule, a, b);
  const [m, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
  const [inner, n] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!];
  const leading = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  assertShapes("matmul", k === inner && leading !== undefined, rule, a, b);
  const shape = [...leading!, m, n];
  const flags = { transposeA: Number(transposeA), transposeB: Number(transposeB) };
  if (isOneMatrix(b) && !transposeA) {
    const rows = asMatrix(a).shape[0];
    return run("matmul", [a, b], [shape], { batch: 1, m: rows, n, k, ...flags, strideA: 0, strideB: 0 })[0];
  }
  const [left, right] = [repeated(a, leading!), repeated(b, leading!)];
  return run("matmul", [left.x, right.x], [shape], {
    batch: sizeOf(leading!),
    m,
    n,
    k,
    ...flags,
    strideA: left.stride,
    strideB: right.stride,
  })[0];
}

/** One matrix for each of `leading`, with the step from one to the next: a single matrix is not copied. */
function repeated(x: Tensor, leading: Shape): { x: Tensor; stride: number } {
  if (isOneMatrix(x)) return { x, stride: 0 };
  const matrix = x.shape.slice(-2);
  return { x: expandTo(x, [...leading, ...matrix]), stride: sizeOf(matrix) };
}

function isOneMatrix(x: Tensor): boolean {
  return sizeOf(x.shape.slice(0, -2)) === 1;
}

/** The axes before the last as rows. */
function asMatrix(x: Tensor): Tensor {
  const columns = x.shape.at(-1)!;
  return x.alias([sizeOf(x.shape.slice(0, -1)), columns]);
}
