// savePretrained: a model as a folder that `fromPretrained` opens, here and in Python, with the files and the sharding of Transformers.

import { removeFiles, writeFile } from "../hub/write.ts";
import { sizeOf } from "../tensor/mod.ts";
import { PreTrainedModel } from "./model.ts";
import { bytesOf, type StorageDType, writable, type WritableTensor, writeSafetensors } from "./safetensors_writer.ts";
import { indexOf } from "./weight_files.ts";

export interface SaveOptions {
  /** The largest file, in bytes or as "5GB", "200MB" (powers of 1000, as in Transformers); larger models are cut into shards. Default "5GB". */
  maxShardSize?: number | string;
  /** How values are stored; 16 bits halve the file and round. Loading widens them again. Default "float32". */
  dtype?: StorageDType;
}

type Tensors = ReadonlyMap<string, WritableTensor>;

const saving = {
  /**
   * Writes config.json and model.safetensors (or its shards with their index) to a folder. Each file is complete or absent, and weights of
   * an earlier save that no longer count are removed. The tokenizer has a `savePretrained` of its own.
   * @throws RangeError for a maxShardSize or dtype that makes no sense; Error naming the file that cannot be written
   */
  async savePretrained(this: PreTrainedModel, folder: string, options: SaveOptions = {}): Promise<void> {
    const { dtype = "float32", maxShardSize = "5GB" } = options;
    const width = bytesOf(dtype);
    const tensors = new Map(Array.from(this.namedParameters(), ([name, tensor]) => [name, writable(tensor)]));
    const shards = cut(tensors, parseBytes(maxShardSize), width);
    const names = shards.map((_, i) => shardName(i + 1, shards.length));
    for (const [i, shard] of shards.entries()) await writeFile(`${folder}/${names[i]}`, writeSafetensors(shard, dtype));
    if (shards.length > 1) {
      await writeFile(`${folder}/${indexOf("model.safetensors")}`, indexText(shards, names, width));
    }
    const { torch_dtype: _, ...config } = this.config; // the older name of dtype
    await writeFile(
      `${folder}/config.json`,
      `${JSON.stringify({ ...config, architectures: [this.constructor.name], dtype }, null, 2)}\n`,
    );
    const isWeights = /^(model(-\d{5}-of-\d{5})?\.safetensors|pytorch_model(-\d{5}-of-\d{5})?\.bin)(\.index\.json)?$/;
    const kept = shards.length > 1 ? [...names, indexOf("model.safetensors")] : names;
    await removeFiles(folder, (name) => isWeights.test(name) && !kept.includes(name));
  },
};

type Saving = typeof saving;

declare module "./model.ts" {
  interface PreTrainedModel extends Saving {}
}

Object.assign(PreTrainedModel.prototype, saving);

/** Cuts tensors, in their order, into shards of at most `most` bytes; a larger tensor is a shard of its own. */
function cut(tensors: Tensors, most: number, width: number): Tensors[] {
  const shards: Tensors[] = [];
  let current = new Map<string, WritableTensor>(), held = 0;
  for (const [name, tensor] of tensors) {
    const bytes = sizeOf(tensor.shape) * width;
    if (bytes > most) {
      shards.push(new Map([[name, tensor]]));
      continue;
    }
    if (held + bytes > most) {
      shards.push(current);
      [current, held] = [new Map(), 0];
    }
    current.set(name, tensor);
    held += bytes;
  }
  return current.size > 0 ? [...shards, current] : shards;
}

function shardName(number: number, count: number): string {
  const digits = (value: number) => String(value).padStart(5, "0");
  return count === 1 ? "model.safetensors" : `model-${digits(number)}-of-${digits(count)}.safetensors`;
}

function indexText(shards: readonly Tensors[], names: readonly string[], width: number): string {
  const places = shards.flatMap((shard, i) =>
    Array.from(shard, ([name, { shape }]) => ({ name, shape, file: names[i] }))
  );
  const parameters = places.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const sorted = places.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const index = {
    metadata: { total_parameters: parameters, total_size: parameters * width },
    weight_map: Object.fromEntries(sorted.map(({ name, file }) => [name, file])),
  };
  return `${JSON.stringify(index, null, 2)}\n`;
}

const UNITS: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

function parseBytes(size: number | string): number {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]b)\s*$/i.exec(`${size}`) ?? [];
  const bytes = typeof size === "number" ? size : Math.floor(Number(amount) * UNITS[unit?.toUpperCase()]);
  if (bytes > 0) return bytes;
  throw new RangeError(
    `savePretrained: maxShardSize is ${JSON.stringify(size)}; give bytes, or a size as "5GB", "200MB".`,
  );
}
