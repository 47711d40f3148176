// Which files of a folder hold its weights: one, or several (shards) that an index names. Formats in Transformers' order of preference.

import type { Folder, OpenFile } from "../hub/mod.ts";
import { openPytorchBin } from "./pytorch_bin.ts";
import { openSafetensors } from "./safetensors.ts";
import type { TensorSource } from "./stored_tensor.ts";

const READERS = [
  { file: "model.safetensors", read: openSafetensors },
  { file: "pytorch_model.bin", read: openPytorchBin },
] as const;

type Reader = typeof READERS[number]["read"];

/**
 * The tensors of a folder by stored name, one Map a file; a file is open only while its Map is looked at.
 * @throws Error where there are no weights, a shard is missing or a file is damaged
 */
export async function* weightFiles(folder: Folder): AsyncGenerator<Map<string, TensorSource>> {
  for (const { file, read } of READERS) {
    if (await folder.has(file)) return yield* tensorsOf(folder, file, read);
    const index = await folder.read(indexOf(file));
    if (!index) continue;
    const shards = readIndex(index, `${folder.name}/${indexOf(file)}`);
    for (const [shard, names] of shards) yield* tensorsOf(folder, shard, read, names);
    return;
  }
  const known = READERS.map(({ file }) => `${file} or ${indexOf(file)}`).join(", ");
  const others = (await folder.list()).filter((path) => /\.(h5|msgpack|ot|onnx|gguf|pt|pth|ckpt)$/.test(path));
  const hint = others.length > 0 ? `; it has ${others.join(", ")}, which are not read` : "";
  throw new Error(`${folder.name} has no weights: none of ${known} is there${hint}.`);
}

async function* tensorsOf(
  folder: Folder,
  path: string,
  read: Reader,
  names: readonly string[] = [],
): AsyncGenerator<Map<string, TensorSource>> {
  using file: OpenFile | undefined = await folder.open(path);
  if (!file) throw new Error(`${folder.name} has no ${path}, which its index names; fetch the folder again.`);
  const tensors = await read(file);
  const missing = names.find((name) => !tensors.has(name));
  if (missing !== undefined) {
    throw new RangeError(`${file.name} has no "${missing}", which the index says it has; fetch the folder again.`);
  }
  yield tensors;
}

/** The name of the index beside the shards of a file. */
export function indexOf(file: string): string {
  return `${file}.index.json`;
}

/** The shards that an index names, sorted, each with its tensors' names. @throws RangeError where it makes no sense */
function readIndex(bytes: Uint8Array, name: string): [string, string[]][] {
  const shards = new Map<string, string[]>();
  for (const [tensor, file] of Object.entries(weightMapOf(bytes, name))) {
    // a name that leads out of the folder is no shard's
    if (typeof file !== "string" || !/^[\w.-]+$/.test(file) || file.startsWith(".")) {
      throw new RangeError(`${name} says that "${tensor}" lies in ${JSON.stringify(file)}, which is no file name.`);
    }
    shards.set(file, [...shards.get(file) ?? [], tensor]);
  }
  return [...shards].sort(([a], [b]) => (a < b ? -1 : 1));
}

function weightMapOf(bytes: Uint8Array, name: string): object {
  let index: unknown;
  try {
    index = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new SyntaxError(`${name} is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (typeof index === "object" && index !== null && "weight_map" in index) {
    const map = index.weight_map;
    if (typeof map === "object" && map !== null && !Array.isArray(map)) return map;
  }
  throw new TypeError(`${name} has no weight_map; it must say in which file each tensor lies.`);
}
