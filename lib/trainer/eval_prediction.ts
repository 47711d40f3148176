// What a metrics function is given.

/** Numbers with a shape, row-major. */
export interface ShapedValues {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/**
 * Predictions of a whole set and its labels, as `computeMetrics` gets them. Takes apart by name,
 * `({ predictions, labelIds }) => …`, or in order as in Python, `([logits, labels]) => …`.
 */
export class EvalPrediction {
  constructor(readonly predictions: ShapedValues, readonly labelIds: ShapedValues) {}

  *[Symbol.iterator](): Generator<ShapedValues, void> {
    yield this.predictions;
    yield this.labelIds;
  }
}

/** Scores of a whole set by name; names are brought to camelCase and prefixed by the Trainer. */
export type ComputeMetrics = (
  prediction: EvalPrediction,
) => Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>;
