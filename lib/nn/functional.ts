// Losses, pooling and similarity as functions, under the names of torch.nn.functional.

import { apply } from "../autograd/mod.ts";
import { bceWithLogits, crossEntropy as crossEntropyOp, type CrossEntropyOptions } from "../ops/mod.ts";
import { scope, shapeText, type Tensor, tensor } from "../tensor/mod.ts";

/** How the losses of single values become one: their mean, their sum, or not at all. */
export type Reduction = "mean" | "sum" | "none";

/**
 * Cross-entropy of softmax(logits) against class labels: logits (rows, classes), labels int32 (rows).
 * @throws RangeError naming a label outside the classes
 */
export function crossEntropy(logits: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): Tensor {
  return apply(crossEntropyOp, [logits, labels], options);
}

/** The squared distance of x from target, broadcast. */
export function mseLoss(x: Tensor, target: Tensor, { reduction = "mean" }: { reduction?: Reduction } = {}): Tensor {
  return scope(() => reduce(x.sub(target).square(), reduction));
}

/** Cross-entropy of sigmoid(x) against targets between 0 and 1, for labels of which several may hold. One shape. */
export function binaryCrossEntropyWithLogits(
  x: Tensor,
  targets: Tensor,
  { reduction = "mean" }: { reduction?: Reduction } = {},
): Tensor {
  return scope(() => reduce(apply(bceWithLogits, [x, targets]), reduction));
}

/**
 * The mean of each sequence's real tokens: x (batch, length, hidden), mask int32 (batch, length) -> (batch, hidden); zeros where a
 * sequence has none. A sentence's vector, as sentence-transformers pools it.
 */
export function meanPool(x: Tensor, mask: Tensor): Tensor {
  const [batch, length, hidden] = x.shape;
  if (x.shape.length !== 3 || mask.shape[0] !== batch || mask.size !== batch * length) {
    throw new RangeError(
      `meanPool: shapes ${shapeText(x.shape)} and ${shapeText(mask.shape)} do not fit; ` +
        `x must be (batch, length, hidden) and the mask (batch, length).`,
    );
  }
  const values = mask.hostData;
  if (!values) throw new TypeError(`meanPool: the mask is ${mask}; it must be an int32 tensor made on the host.`);
  const shares = new Float32Array(values.length);
  for (let row = 0; row < batch; row++) {
    const real = values.subarray(row * length, (row + 1) * length).reduce((sum, value) => sum + value, 0);
    for (let i = row * length; i < (row + 1) * length; i++) shares[i] = real === 0 ? 0 : values[i] / real;
  }
  return scope(() => tensor(shares, [batch, 1, length]).matmul(x).reshape([batch, hidden])); // (batch, 1, length) by (batch, length, hidden)
}

/**
 * The cosine of the angle between vectors, from -1 to 1, broadcast: (n, 1, size) and (1, n, size) give all pairs, (n, n). A vector of zeros
 * has 0 with every other, as its length is taken to be at least eps.
 */
export function cosineSimilarity(
  x: Tensor,
  y: Tensor,
  { axis = -1, eps = 1e-8 }: { axis?: number; eps?: number } = {},
): Tensor {
  const length = (vector: Tensor) => vector.square().sum(axis).add(eps ** 2).sqrt();
  return scope(() => x.mul(y).sum(axis).div(length(x).mul(length(y))));
}

function reduce(losses: Tensor, reduction: Reduction): Tensor {
  return reduction === "none" ? losses : reduction === "sum" ? losses.sum() : losses.mean();
}
