// Weights in and out: a Hugging Face folder (config.json, model.safetensors) to a model, and back.

import { type Folder, openFolder } from "../hub/mod.ts";
import { writeFile } from "../hub/write.ts";
import { sameShape, shapeText } from "../tensor/mod.ts";
import { type LoadReport, type ModelConfig, PreTrainedModel } from "./model.ts";
import { readSafetensors, type StoredTensor, toFloat32, writeSafetensors } from "./safetensors.ts";

export interface PretrainedOptions {
  /** Size of a new head; the labels are then named LABEL_0, LABEL_1 … unless `id2label` names them. */
  numLabels?: number;
  id2label?: Readonly<Record<number, string>>;
  label2id?: Readonly<Record<string, number>>;
  /** A branch, tag or commit of a hub repository. */
  revision?: string;
}

/** The config of a folder or hub id, with the options' labels in it. @throws Error where there is no config.json or it is no JSON object */
export async function readConfig(folder: Folder, options: PretrainedOptions = {}): Promise<ModelConfig> {
  const bytes = await folder.read("config.json");
  if (!bytes) throw new Error(await missingConfig(folder));
  let config: unknown;
  try {
    config = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new SyntaxError(`${folder.name}/config.json is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (!isConfig(config)) {
    throw new TypeError(`${folder.name}/config.json has no model_type; it must name the model's family.`);
  }
  return withLabels(config, options);
}

/** A hub id, local folder or `attend/…` name. */
export function openModel(reference: string, options: PretrainedOptions = {}): Promise<Folder> {
  return openFolder("model", reference, { revision: options.revision });
}

/**
 * Fills a model from the folder's weights; parameters the file lacks are initialized as in a new model.
 * @throws Error where there are no weights, or where a tensor has another shape than the model's
 */
export async function loadWeights(model: PreTrainedModel, folder: Folder): Promise<LoadReport> {
  const bytes = await folder.read("model.safetensors");
  if (!bytes) throw new Error(`${folder.name} has no model.safetensors; only safetensors weights can be loaded.`);
  const stored = readSafetensors(bytes, `${folder.name}/model.safetensors`);
  const parameters = new Map(model.namedParameters());
  const bodies = [...new Set([...parameters.keys()].map((name) => name.split(".")[0]))];
  const unexpected: string[] = [];
  const missing = new Set(parameters.keys());
  for (const [key, value] of stored) {
    const name = parameterName(key, parameters, bodies);
    const parameter = parameters.get(name);
    if (!parameter) {
      if (!isBuffer(key)) unexpected.push(key);
      continue;
    }
    if (!sameShape(parameter.shape, value.shape)) throw new RangeError(mismatch(folder, key, parameter.shape, value));
    parameter.write(toFloat32(value, key));
    missing.delete(name);
  }
  model.initWeights(missing);
  return { missing: [...missing], unexpected };
}

const saving = {
  /**
   * Writes config.json and model.safetensors to a folder that `fromPretrained` opens, here and in Python. Each file is complete or absent.
   * @throws Error naming the file that cannot be written
   */
  async savePretrained(this: PreTrainedModel, folder: string): Promise<void> {
    const tensors = new Map<string, { shape: readonly number[]; values: Float32Array }>();
    for (const [name, parameter] of this.namedParameters()) {
      tensors.set(name, { shape: parameter.shape, values: Float32Array.from(await parameter.data()) });
    }
    const config = { ...this.config, architectures: [this.constructor.name], dtype: "float32" };
    await writeFile(`${folder}/model.safetensors`, writeSafetensors(tensors));
    await writeFile(`${folder}/config.json`, JSON.stringify(config, null, 2) + "\n");
  },
};

type Saving = typeof saving;

declare module "./model.ts" {
  interface PreTrainedModel extends Saving {}
}

Object.assign(PreTrainedModel.prototype, saving);

/** Maps a stored name to the model's: old LayerNorm names, and weights saved without (or with) the body's prefix. */
function parameterName(key: string, parameters: ReadonlyMap<string, unknown>, bodies: readonly string[]): string {
  const name = key.replace(/LayerNorm\.gamma$/, "LayerNorm.weight").replace(/LayerNorm\.beta$/, "LayerNorm.bias");
  if (parameters.has(name)) return name;
  const prefixed = bodies.map((body) => `${body}.${name}`).find((candidate) => parameters.has(candidate));
  return prefixed ?? name;
}

// 0, 1, 2 …, saved by old versions of Transformers; the models here count for themselves
function isBuffer(key: string): boolean {
  return key.endsWith("embeddings.position_ids");
}

function mismatch(folder: Folder, key: string, expected: readonly number[], { shape }: StoredTensor): string {
  const found = `${folder.name}: "${key}" has the shape ${shapeText(shape)}, the model's is ${shapeText(expected)}`;
  return `${found}; load it with the numLabels and config it was saved with.`;
}

function withLabels(config: ModelConfig, { numLabels, id2label, label2id }: PretrainedOptions): ModelConfig {
  if (numLabels === undefined && !id2label) return config;
  const count = numLabels ?? Object.keys(id2label ?? {}).length;
  if (id2label && Object.keys(id2label).length !== count) {
    throw new RangeError(
      `id2label names ${Object.keys(id2label).length} labels, numLabels is ${count}; they must agree.`,
    );
  }
  const names = id2label ?? Object.fromEntries(Array.from({ length: count }, (_, i) => [i, `LABEL_${i}`]));
  const ids = label2id ?? Object.fromEntries(Object.entries(names).map(([id, name]) => [name, Number(id)]));
  const { num_labels: _, ...rest } = config;
  return { ...rest, id2label: names, label2id: ids };
}

async function missingConfig(folder: Folder): Promise<string> {
  const checkpoints = [...new Set((await folder.list()).map((path) => path.split("/")[0]))].filter((name) =>
    name.startsWith("checkpoint-")
  );
  const hint = checkpoints.length > 0
    ? `it holds ${checkpoints.join(", ")}: name one of them, as in "${folder.name}/${checkpoints.at(-1)}"`
    : `a model's folder holds config.json and model.safetensors`;
  return `${folder.name} has no config.json; ${hint}.`;
}

function isConfig(value: unknown): value is ModelConfig {
  return typeof value === "object" && value !== null && "model_type" in value && typeof value.model_type === "string";
}
