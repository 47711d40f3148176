import { run, type Tensor } from "../tensor/mod.ts";
import { assertDType, assertShapes, type Op } from "./op.ts";

export interface CrossEntropyOptions {
  /** Rows with this label count for nothing; -100 as in PyTorch. */
  ignoreIndex?: number;
  /** Weight of the uniform distribution in the target (Szegedy et al. 2016). */
  labelSmoothing?: number;
  reduction?: "mean" | "sum" | "none";
}

/**
 * Cross-entropy of softmax(logits) against labels. Inputs logits (rows, classes), labels int32 (rows); y () or (rows).
 * A mean over no row at all is 0 here (PyTorch: NaN), with a gradient of zeros.
 * @throws RangeError naming a label outside the classes
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
    assertLabels(labels, logits.shape[1], options.ignoreIndex ?? -100);
    const [rows, columns] = logits.shape;
    const uniforms = {
      rows,
      columns,
      ignoreIndex: options.ignoreIndex ?? -100,
      smoothing: options.labelSmoothing ?? 0,
    };
    const [losses, statistics] = run("cross_entropy", [logits, labels], [[rows], [rows]], uniforms);
    const saved = [logits, labels, statistics];
    if (options.reduction === "none") return { y: losses, saved };
    const [y] = run("sum", [losses], [[]], { size: rows, factor: meanFactor(labels, options) });
    losses.dispose();
    return { y, saved };
  },
  backward(dy, { saved: [logits, labels, statistics], options }) {
    const [rows, columns] = logits.shape;
    const [dlogits] = run("cross_entropy_grad", [logits, labels, statistics, dy], [logits.shape], {
      rows,
      columns,
      ignoreIndex: options.ignoreIndex ?? -100,
      smoothing: options.labelSmoothing ?? 0,
      perRow: Number(options.reduction === "none"),
      factor: meanFactor(labels, options),
    });
    return [dlogits, null];
  },
};

/** 1 / counted rows for a mean, else 1. */
function meanFactor(labels: Tensor, { reduction = "mean", ignoreIndex = -100 }: CrossEntropyOptions): number {
  if (reduction !== "mean") return 1;
  const values = hostLabels(labels);
  const counted = values.reduce((count, label) => count + Number(label !== ignoreIndex), 0);
  return counted === 0 ? 0 : 1 / counted;
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

function hostLabels(labels: Tensor): Int32Array {
  if (labels.hostData) return labels.hostData;
  throw new TypeError(`crossEntropy: labels must be a tensor made on the host, by tensor(values, { dtype: "int32" }).`);
}
