// Labels that cannot be learned from are refused before the first step, with the reason.

import { type ModelConfig, numLabelsOf } from "../models/config.ts";
import { type PreTrainedModel, SequenceClassificationModel } from "../models/mod.ts";
import type { Rows } from "./rows.ts";

/** Which of a Trainer's sets is meant, for messages. */
export type Role = "trainDataset" | "evalDataset";

/** Stands for a label that is not told, in test splits of GLUE. */
const HIDDEN = -1;

/** Label that counts for nothing, in PyTorch and here. */
const IGNORED = -100;

const advice: Readonly<Record<Role, string>> = {
  trainDataset: `train on "train" instead`,
  evalDataset: `evaluate on "validation" instead`,
};

/**
 * Goes through a label column that is there as a whole, where the model classifies texts: a model of tokens gets its labels from the
 * collator, and what class a text has says nothing to it. @throws RangeError naming the first label that cannot be, and its row: -1
 * (hidden labels of a test split), a fraction, or one the model has no logit for
 */
export function checkLabels(dataset: Rows, role: Role, model: PreTrainedModel): void {
  if (!(model instanceof SequenceClassificationModel)) return;
  const name = ["labels", "label", "label_ids"].find((column) => dataset.columnNames?.includes(column));
  if (name === undefined || !dataset.column) return;
  checkLabelValues(dataset.column(name), role, model.config, (row) => ` in row ${row}`);
}

/** The same for the labels of some rows, whose `place` in the set may be known; lists of labels (one a token) are the model's to check. */
export function checkLabelValues(
  labels: ArrayLike<unknown>,
  role: Role,
  config: ModelConfig,
  place: (i: number) => string = () => "",
): void {
  const numLabels = numLabelsOf(config);
  if (numLabels === 1) return; // a regression: any number will do
  for (let i = 0; i < labels.length; i++) {
    const label = typeof labels[i] === "bigint" ? Number(labels[i]) : labels[i];
    if (typeof label !== "number" || label === IGNORED) continue;
    if (label === HIDDEN) {
      throw new RangeError(`Trainer: ${role} has labels -1 (GLUE's hidden test split); ${advice[role]}.`);
    }
    if (Number.isInteger(label) && label >= 0 && label < numLabels) continue;
    throw new RangeError(
      `Trainer: ${role} has the label ${label}${place(i)}, but the model has numLabels ${numLabels} ` +
        `(labels 0 to ${numLabels - 1}); load it with the right numLabels, or change the labels.`,
    );
  }
}

/** True where labels of classes are not told. */
export function hasHiddenLabels(labels: ArrayLike<unknown> | undefined, config: ModelConfig): boolean {
  return numLabelsOf(config) > 1 && Array.prototype.includes.call(labels ?? [], HIDDEN);
}
