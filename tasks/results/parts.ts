// The rows of a set that a run learns from and is judged on, with their class under `label`.

import { type Dataset, type DatasetDict, loadDataset, type Row } from "lib";
import type { FineTuning } from "./plan.ts";

/** Which rows are held out is the same for every seed of a run, or their scores could not be compared. */
const HELD_OUT_SEED = 42;

/** @throws RangeError where the set has no validation split and none is held out */
export async function partsOf(
  { dataset, stars, heldOut, trainRows, seed }: FineTuning,
): Promise<{ train: Dataset; validation: Dataset }> {
  const raw = await loadDataset(...dataset);
  const { train, validation } = withValidation(raw, heldOut);
  const drawn = trainRows === undefined ? train : train.shuffle({ seed }).take(trainRows);
  return { train: await withLabel(drawn, stars), validation: await withLabel(validation, stars) };
}

function withValidation(raw: DatasetDict, heldOut: number | undefined): { train: Dataset; validation: Dataset } {
  if (heldOut === undefined) return raw;
  const { train, test: validation } = raw.train.trainTestSplit({ testSize: heldOut, seed: HELD_OUT_SEED });
  return { train, validation };
}

/** Classes count from 0, stars from 1. */
function withLabel(rows: Dataset, stars: string | undefined): Promise<Dataset> {
  if (stars === undefined) return Promise.resolve(rows);
  return rows.map((row: Row) => ({ label: row[stars] - 1 }));
}
