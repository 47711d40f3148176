// What a model's folder is opened with, and its config.json. Weights are read in load_weights.ts and written in saving.ts.

import { type Folder, openFolder } from "../hub/mod.ts";
import type { ModelConfig } from "./config.ts";

export interface PretrainedOptions {
  /** Size of a new head; the labels are then named LABEL_0, LABEL_1 … unless `id2label` names them. */
  numLabels?: number;
  id2label?: Readonly<Record<number, string>>;
  label2id?: Readonly<Record<string, number>>;
  /** Initializes a tensor whose stored shape is another (a head of other labels) instead of refusing it. */
  ignoreMismatchedSizes?: boolean;
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
