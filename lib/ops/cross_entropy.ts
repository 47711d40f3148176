import { run, type Tensor, tensor } from "../tensor/mod.ts";
import { assertDType, assertShapes, type Op } from "./op.ts";

export interface CrossEntropyOptions {
  /** Rows with this label count for nothing; -100 as in PyTorch. */
  ignoreIndex?: number;
  /** Weight of the uniform distribution in the target (Szegedy et al. 2016). */
  labelSmoothing?: number;
  /** What each class counts, for rare ones; a mean divides by the weights of the rows' labels. */
  weight?: ArrayLike<number>;
  reduction?: "mean" | "sum" | "none";
}

/**
 * Cross-entropy of softmax(logits) against labels. Inputs logits (rows, classes), labels int32 (rows); y () or (rows).
 * A mean over no row at all is 0 here (PyTorch: NaN), with a gradient of zeros.
 * @throws RangeError naming a label outside the classes, or weights that are not one a class
 */
export const crossEntropy: Op<CrossEntropyOptions> = {
  name: "crossEntropy",
  forward([logits, labels], options) {
    assertShapes(
      "crossEntropy",
      logits.shape.length === 2 && labels.size === logits.shape[0],
      "logits must be (rows, classes) and labels (rows)",
      logits,
      labels,
    );
    assertDType("crossEntropy", "int32", "labels", labels);
    const [rows, classes] = logits.shape;
    assertLabels(labels, classes, options.ignoreIndex ?? -100);
    assertWeights(options.weight, classes);
    const weights = options.weight ? tensor(Float32Array.from(options.weight)) : logits; // any tensor where it is not read
    const [losses, statistics] = run(
      "cross_entropy",
      [logits, labels, weights],
      [[rows], [rows]],
      target(logits, options),
    );
    const saved = [logits, labels, weights, statistics];
    if (options.reduction === "none") return { y: losses, saved };
    const [y] = run("sum", [losses], [[]], { size: rows, factor: meanFactor(labels, options) });
    losses.dispose();
    return { y, saved };
  },
  backward(dy, { saved: [logits, labels, weights, statistics], options }) {
    const [dlogits] = run("cross_entropy_grad", [logits, labels, weights, statistics, dy], [logits.shape], {
      ...target(logits, options),
      perRow: Number(options.reduction === "none"),
      factor: meanFactor(labels, options),
    });
    return [dlogits, null];
  },
};

/** What both kernels are told of the target distribution. */
function target(logits: Tensor, { ignoreIndex = -100, labelSmoothing = 0, weight }: CrossEntropyOptions) {
  const [rows, columns] = logits.shape;
  const totalWeight = weight ? total(weight) : columns;
  return { rows, columns, ignoreIndex, smoothing: labelSmoothing, weighted: Number(weight !== undefined), totalWeight };
}

/** 1 / weights of the counted rows for a mean, else 1. */
function meanFactor(labels: Tensor, { reduction = "mean", ignoreIndex = -100, weight }: CrossEntropyOptions): number {
  if (reduction !== "mean") return 1;
  const counted = hostLabels(labels).filter((label) => label !== ignoreIndex);
  const divisor = weight ? total(Array.from(counted, (label) => weight[label])) : counted.length;
  return divisor === 0 ? 0 : 1 / divisor;
}

function total(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

function assertLabels(labels: Tensor, classes: number, ignoreIndex: number): void {
  const outside = hostLabels(labels).find((label) => label !== ignoreIndex && (label < 0 || label >= classes));
  if (outside === undefined) return;
  throw new RangeError(
    `crossEntropy: label ${outside} is outside the ${classes} classes; labels go from 0 to ${
      classes - 1
    } (${ignoreIndex} is ignored).`,
  );
}

function assertWeights(weight: ArrayLike<number> | undefined, classes: number): void {
  if (!weight || weight.length === classes) return;
  throw new RangeError(
    `crossEntropy: weight holds ${weight.length} numbers, the logits ${classes} classes; give one a class.`,
  );
}

function hostLabels(labels: Tensor): Int32Array {
  if (labels.hostData) return labels.hostData;
  throw new TypeError(`crossEntropy: labels must be a tensor made on the host, by tensor(values, { dtype: "int32" }).`);
}
