// Weights of a folder into a model: names as old and new versions of Transformers wrote them, with or without the body's prefix. Files are
// read in pieces, so that hardly more than the model itself lies in memory.

import type { Folder } from "../hub/mod.ts";
import { sameShape, shapeText, type Tensor } from "../tensor/mod.ts";
import type { LoadReport, MismatchedTensor, PreTrainedModel } from "./model.ts";
import { floatPieces, type TensorSource } from "./stored_tensor.ts";
import { weightFiles } from "./weight_files.ts";

/**
 * Fills a model from the folder's weights; parameters the file lacks are initialized as in a new model. With `ignoreMismatchedSizes` so
 * are those that have another shape there. A model that cannot be filled is disposed of.
 * @throws Error where there are no weights, a file is damaged, or a tensor has another shape than the model's
 */
export async function loadWeights(
  model: PreTrainedModel,
  folder: Folder,
  { ignoreMismatchedSizes = false }: { ignoreMismatchedSizes?: boolean } = {},
): Promise<LoadReport> {
  const parameters = new Map(model.namedParameters());
  const missing = new Set(parameters.keys());
  const unexpected: string[] = [];
  const mismatched: MismatchedTensor[] = [];

  const load = async (key: string, stored: TensorSource) => {
    const name = parameterName(key, parameters, model.tiedNames);
    const parameter = parameters.get(name);
    if (!parameter) {
      if (!isBuffer(key)) unexpected.push(key);
    } else if (sameShape(parameter.shape, stored.shape)) {
      await fill(parameter, stored, key);
      missing.delete(name);
    } else if (ignoreMismatchedSizes) {
      mismatched.push({ name, stored: stored.shape, expected: parameter.shape });
    } else {
      throw new RangeError(mismatch(folder.name, key, stored.shape, parameter.shape));
    }
  };

  try {
    for await (const tensors of weightFiles(folder)) {
      for (const [key, stored] of tensors) await load(key, stored);
    }
  } catch (error) {
    model.dispose();
    throw error;
  }
  model.initWeights(missing);
  const names = mismatched.map(({ name }) => name);
  return { missing: [...missing].filter((name) => !names.includes(name)), unexpected, mismatched };
}

/** Writes a stored tensor into a parameter of its shape. @throws TypeError where its values are no weights */
export async function fill(parameter: Tensor, stored: TensorSource, key: string): Promise<void> {
  for await (const { start, values } of floatPieces(stored, key)) parameter.writePart(start, values);
}

/** Maps a stored name to the model's; to itself where the model has no place for it. */
function parameterName(
  key: string,
  parameters: ReadonlyMap<string, unknown>,
  tiedNames: Readonly<Record<string, string>>,
): string {
  const name = key.replace(/\bLayerNorm\.gamma$/, "LayerNorm.weight").replace(/\bLayerNorm\.beta$/, "LayerNorm.bias");
  const bodies = new Set(Array.from(parameters.keys(), (known) => known.split(".")[0]));
  const candidates = [
    name,
    ...Array.from(bodies, (body) => `${body}.${name}`), // saved from the bare body
    name.slice(name.indexOf(".") + 1), // saved with a head, loaded without
    ...(Object.hasOwn(tiedNames, name) ? [tiedNames[name]] : []),
  ];
  return candidates.find((candidate) => parameters.has(candidate)) ?? name;
}

// 0, 1, 2 …, saved by old versions of Transformers; the models here count for themselves
function isBuffer(key: string): boolean {
  return /\bembeddings\.(position_ids|token_type_ids)$/.test(key);
}

function mismatch(folder: string, key: string, found: readonly number[], expected: readonly number[]): string {
  const what = `${folder}: "${key}" has the shape ${shapeText(found)}, the model's is ${shapeText(expected)}`;
  return `${what}; load it with the numLabels and config it was saved with, or with { ignoreMismatchedSizes: true } to train it anew.`;
}
