// pytorch_model.bin: what torch.save writes. Two formats: since torch 1.6 a zip archive with a pickle and one file a storage; before,
// five pickles (magic number, version, system, tensors, storage keys) with the storages behind them.
// Source: torch/serialization.py and torch/_utils.py of PyTorch 2.6. The pickles are read without running code (pickle.ts).

import type { ByteSource } from "../hub/mod.ts";
import { type PickleContext, PickleTooShort, readPickle } from "./pickle.ts";
import { bytesPerValue, damaged, spanOf, type TensorSource } from "./stored_tensor.ts";
import { contentStart, isZip, readZipDirectory } from "./zip.ts";

/** Values that tensors share: a run of one dtype somewhere in the file. */
interface Storage {
  readonly dtype: string;
  readonly key: string;
  readonly numValues: number;
}

/** A tensor as a window on a storage; strides in values. */
interface Window {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: number[];
  readonly strides: number[];
}

const STORAGE_DTYPES: Readonly<Record<string, string>> = {
  DoubleStorage: "F64",
  FloatStorage: "F32",
  HalfStorage: "F16",
  BFloat16Storage: "BF16",
  LongStorage: "I64",
  IntStorage: "I32",
  ShortStorage: "I16",
  CharStorage: "I8",
  ByteStorage: "U8",
  BoolStorage: "BOOL",
};

const MAGIC = 0x1950a86a20f9469cfc6cn;
const LEGACY_VERSION = 1001;
/** The pickles describe the tensors, some hundred bytes each. */
const FIRST_PICKLE_BYTES = 2 ** 20;
const MAX_PICKLE_BYTES = 100_000_000;

/** The tensors of a file by name; only its pickles are read. @throws RangeError where it is damaged, TypeError where it holds more than tensors */
export async function openPytorchBin(source: ByteSource): Promise<Map<string, TensorSource>> {
  return await isZip(source) ? await openZip(source) : await openLegacy(source);
}

async function openZip(source: ByteSource): Promise<Map<string, TensorSource>> {
  const entries = await readZipDirectory(source);
  const pickleName = [...entries.keys()].find((name) => name.endsWith("/data.pkl"));
  if (pickleName === undefined) throw damaged(source.name, "it is a zip archive without data.pkl");
  const contentOf = async (path: string) => {
    const entry = entries.get(pickleName.slice(0, -"data.pkl".length) + path);
    return entry && { start: await contentStart(source, entry), size: entry.size };
  };
  const byteorder = await contentOf("byteorder");
  if (byteorder && new TextDecoder().decode(await source.read(byteorder.start, byteorder.size)) !== "little") {
    throw new TypeError(`${source.name} was written on a big-endian machine; only little-endian files are read.`);
  }
  const pickle = (await contentOf("data.pkl"))!;
  if (pickle.size > MAX_PICKLE_BYTES) throw damaged(source.name, `its pickle has ${pickle.size} bytes`);
  const { value } = readPickle(await source.read(pickle.start, pickle.size), contextOf(source.name));
  const windows = windowsOf(value, source.name);

  const starts = new Map<string, number>();
  for (const { storage } of windows.values()) {
    if (starts.has(storage.key)) continue;
    const content = await contentOf(`data/${storage.key}`);
    if (!content || content.size < sizeInBytes(storage)) {
      throw damaged(
        source.name,
        `its data/${storage.key} has ${content?.size ?? "no"} bytes, not ${sizeInBytes(storage)}`,
      );
    }
    starts.set(storage.key, content.start);
  }
  return tensorsOf(windows, starts, source);
}

async function openLegacy(source: ByteSource): Promise<Map<string, TensorSource>> {
  const { windows, storages, keys, end } = await readLegacyPickles(source);
  const starts = new Map<string, number>();
  let at = end;
  for (const key of keys) {
    const storage = storages.get(key);
    if (!storage) throw damaged(source.name, `it holds a storage "${key}" that no tensor uses`);
    const found = Number(new DataView((await source.read(at, 8)).buffer).getBigInt64(0, true));
    if (found !== storage.numValues) {
      throw damaged(source.name, `storage "${key}" has ${found} values, not ${storage.numValues}`);
    }
    starts.set(key, at + 8);
    at += 8 + sizeInBytes(storage);
    if (at > source.size) throw damaged(source.name, `storage "${key}" ends at byte ${at} of ${source.size}`);
  }
  return tensorsOf(windows, starts, source);
}

interface LegacyPickles {
  readonly windows: Map<string, Window>;
  readonly storages: ReadonlyMap<string, Storage>;
  readonly keys: readonly string[];
  /** The byte behind the last pickle. */
  readonly end: number;
}

/** How long the pickles are is known when they are read: more of the file is taken until they end in it. */
async function readLegacyPickles(source: ByteSource): Promise<LegacyPickles> {
  const most = Math.min(source.size, MAX_PICKLE_BYTES);
  for (let length = Math.min(FIRST_PICKLE_BYTES, most);; length = Math.min(4 * length, most)) {
    try {
      return parseLegacyPickles(await source.read(0, length), source.name);
    } catch (error) {
      if (!(error instanceof PickleTooShort) || length === most) throw error;
    }
  }
}

function parseLegacyPickles(bytes: Uint8Array, name: string): LegacyPickles {
  const storages = new Map<string, Storage>();
  const context = contextOf(name, storages);
  let end = 0;
  const next = () => {
    const read = readPickle(bytes, context, end);
    end = read.end;
    return read.value;
  };
  if (bytes[0] !== 0x80 || next() !== MAGIC) {
    throw new TypeError(`${name} is no file that torch.save wrote; fetch it again, or convert it to safetensors.`);
  }
  const version = next();
  if (version !== LEGACY_VERSION) throw damaged(name, `its format is ${show(version)}, not ${LEGACY_VERSION}`);
  const system = next();
  if (!(system instanceof Map) || system.get("little_endian") !== true) {
    throw new TypeError(`${name} was written on a big-endian machine; only little-endian files are read.`);
  }
  const windows = windowsOf(next(), name);
  const keys = next();
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string") || new Set(keys).size < keys.length) {
    throw damaged(name, "its list of storages is no list of names");
  }
  return { windows, storages, keys, end };
}

/** What torch's pickles may ask for; every storage they name is added to `storages`. */
function contextOf(name: string, storages = new Map<string, Storage>()): PickleContext {
  const dtypes = Object.entries(STORAGE_DTYPES).map(([type, dtype]) => [`torch.${type}`, { dtype }] as const);
  return {
    name,
    globals: new Map<string, unknown>([
      ...dtypes,
      ["collections.OrderedDict", orderedDict],
      ["torch._utils._rebuild_tensor", (args: readonly unknown[]) => windowOf(args, name)],
      ["torch._utils._rebuild_tensor_v2", (args: readonly unknown[]) => windowOf(args, name)],
      ["torch._utils._rebuild_parameter", (args: readonly unknown[]) => args[0]],
    ]),
    persistentLoad(id) {
      const storage = storageOf(id);
      if (!storage) throw damaged(name, "its pickle names a storage in a way that is not known");
      const known = storages.get(storage.key);
      if (known && (known.dtype !== storage.dtype || known.numValues !== storage.numValues)) {
        throw damaged(name, `its pickle describes storage "${storage.key}" in two ways`);
      }
      storages.set(storage.key, known ?? storage);
      return known ?? storage;
    },
  };
}

/** ("storage", type, key, device, number of values), and in the old format a view, which torch stopped writing long ago. */
function storageOf(id: unknown): Storage | undefined {
  if (!Array.isArray(id)) return undefined;
  const [kind, type, key, _device, numValues, view = null] = id;
  const isKnown = kind === "storage" && isDType(type) && typeof key === "string" && isCount(numValues) && view === null;
  return isKnown ? { dtype: type.dtype, key, numValues } : undefined;
}

function orderedDict(args: readonly unknown[]): Map<unknown, unknown> {
  const pairs: unknown[] = Array.isArray(args[0]) ? args[0] : [];
  return new Map(pairs.flatMap((pair) => Array.isArray(pair) ? [[pair[0], pair[1]]] : []));
}

/** (storage, offset, shape, strides, …) */
function windowOf([storage, offset, shape, strides]: readonly unknown[], name: string): Window {
  const isWindow = isStorage(storage) && isCount(offset) && isCounts(shape) && isCounts(strides);
  if (!isWindow || shape.length !== strides.length || offset + spanOf(shape, strides) > storage.numValues) {
    throw damaged(name, "its pickle describes a tensor that does not lie in its storage");
  }
  return { storage, offset, shape, strides };
}

/** The tensors of a state dict. */
function windowsOf(value: unknown, name: string): Map<string, Window> {
  if (!(value instanceof Map)) throw new TypeError(`${name} holds no state dict but ${show(value)}.`);
  for (const [key, inner] of value) {
    if (typeof key === "string" && isWindow(inner)) continue;
    const what = `${name} holds ${show(inner)} under ${show(key)}, where a state dict has a tensor`;
    throw new TypeError(`${what}; save model.state_dict() alone.`);
  }
  return value;
}

function tensorsOf(
  windows: ReadonlyMap<string, Window>,
  starts: ReadonlyMap<string, number>,
  source: ByteSource,
): Map<string, TensorSource> {
  return new Map(Array.from(windows, ([name, { storage, offset, shape, strides }]) => {
    const start = starts.get(storage.key);
    if (start === undefined) throw damaged(source.name, `"${name}" lies in a storage that is not there`);
    const place = { dtype: storage.dtype, shape, source, start: start + offset * widthOf(storage) };
    return [name, isRowMajor(shape, strides) ? place : { ...place, strides }];
  }));
}

/** True where the values lie one after the other; an axis of length 1 may have any stride. */
function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return false;
    step *= shape[axis];
  }
  return true;
}

function sizeInBytes(storage: Storage): number {
  return storage.numValues * widthOf(storage);
}

function widthOf({ dtype }: Storage): number {
  return bytesPerValue(dtype) ?? 0;
}

function isDType(value: unknown): value is { dtype: string } {
  return typeof value === "object" && value !== null && "dtype" in value && !("key" in value);
}

function isStorage(value: unknown): value is Storage {
  return typeof value === "object" && value !== null && "numValues" in value;
}

function isWindow(value: unknown): value is Window {
  return typeof value === "object" && value !== null && "storage" in value;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}

/** A value of a pickle in few words. */
function show(value: unknown): string {
  if (value instanceof Map) return "a dict";
  if (Array.isArray(value)) return "a list";
  if (isWindow(value)) return "a tensor";
  return typeof value === "object" && value !== null ? "an object" : `${value}`.slice(0, 40);
}
