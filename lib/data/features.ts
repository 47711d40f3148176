// What the columns of a set hold, as in Datasets: Value, ClassLabel, List. A feature names a type and brings a file's values to it; how
// a column is stored is in column.ts.

import { type Cell, isList, isMissing } from "./cell.ts";
import { type Column, valuesOf } from "./column.ts";

/** The type of a column. */
export abstract class Feature {
  /** Brings a value of a file to this type; null stays null. @throws TypeError for a value that is not of it */
  abstract encode(value: Cell): Cell;
  /** As Python prints it. */
  abstract toString(): string;

  /** The classes of a ClassLabel, in the order of their numbers. */
  get names(): readonly string[] {
    throw this.#noClasses();
  }

  /** How many classes a ClassLabel has. */
  get numClasses(): number {
    throw this.#noClasses();
  }

  /** The name of a class. */
  int2str(_label: number): string {
    throw this.#noClasses();
  }

  /** The number of a class. */
  str2int(_name: string): number {
    throw this.#noClasses();
  }

  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  #noClasses(): TypeError {
    return new TypeError(`This column holds ${this}, not a ClassLabel: it has no class names.`);
  }
}

/** The types of a set's columns by name. */
export type Features = Readonly<Record<string, Feature>>;

/** A number, a text or a truth value. `dtype` is Arrow's name: "string", "int64", "float32", "bool" … */
export class Value extends Feature {
  constructor(readonly dtype: string) {
    super();
  }

  encode(value: Cell): Cell {
    if (isMissing(value)) return null;
    if (this.dtype.endsWith("string")) return typeof value === "object" ? JSON.stringify(value) : String(value);
    if (/^u?int/.test(this.dtype)) return wholeNumber(value, this);
    if (/^(float|double)/.test(this.dtype)) return numberOf(value, this);
    if (this.dtype === "bool") return truthValue(value, this);
    return value;
  }

  toString(): string {
    return `Value('${this.dtype}')`;
  }
}

/** A class, stored as its number; -1 stands for "not known" (hidden test labels). */
export class ClassLabel extends Feature {
  readonly #names: readonly string[];

  /** @throws RangeError where a name comes twice */
  constructor({ names }: { readonly names: readonly string[] }) {
    super();
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) {
      throw new RangeError(`ClassLabel: the name "${twice}" comes twice; each class needs its own.`);
    }
    this.#names = names;
  }

  override get names(): readonly string[] {
    return this.#names;
  }

  override get numClasses(): number {
    return this.names.length;
  }

  /** @throws RangeError for a number that is no class */
  override int2str(label: number): string {
    const name = this.names[label];
    if (name !== undefined) return name;
    const known = `it must be 0 to ${this.numClasses - 1} (${this.names.join(", ")})`;
    throw new RangeError(
      label === -1 ? `Label -1 means that the label is hidden; ${known}.` : `${label} is no class; ${known}.`,
    );
  }

  /** @throws RangeError for a name that is no class */
  override str2int(name: string): number {
    const label = this.names.indexOf(name);
    if (label !== -1) return label;
    throw new RangeError(`"${name}" is no class; the classes are ${this.names.join(", ")}.`);
  }

  encode(value: Cell): Cell {
    if (isMissing(value)) return null;
    if (typeof value === "string" && this.names.includes(value)) return this.str2int(value);
    const label = wholeNumber(value, this);
    if (label !== -1) this.int2str(label);
    return label;
  }

  toString(): string {
    return `ClassLabel(names=[${this.names.map((name) => `'${name}'`).join(", ")}])`;
  }
}

/** Lists of any length, all items of one type. (Older texts say Sequence.) */
export class List extends Feature {
  constructor(readonly feature: Feature) {
    super();
  }

  encode(value: Cell): Cell {
    if (isMissing(value)) return null;
    if (!isList(value)) throw mismatch(value, this);
    return Array.from(value, (item) => this.feature.encode(item));
  }

  toString(): string {
    return `List(${this.feature})`;
  }
}

/** Records with the same keys, such as the answers of SQuAD. */
export class Struct extends Feature {
  constructor(readonly fields: Features) {
    super();
  }

  encode(value: Cell): Cell {
    if (isMissing(value)) return null;
    if (typeof value !== "object") throw mismatch(value, this);
    return Object.fromEntries(Object.entries(this.fields).map(([name, field]) => [name, field.encode(value[name])]));
  }

  toString(): string {
    return showFeatures(this.fields);
  }
}

/** `{'sentence': Value('string'), …}` as Python prints features. */
function showFeatures(features: Features): string {
  return `{${Object.entries(features).map(([name, feature]) => `'${name}': ${feature}`).join(", ")}}`;
}

/** The small types that Datasets gives to the columns of a tokenizer. */
const TOKENIZER_COLUMNS: Readonly<Record<string, string>> = {
  input_ids: "int32",
  token_type_ids: "int8",
  attention_mask: "int8",
  special_tokens_mask: "int8",
};

/** The type that Datasets would infer for a column: whole numbers are int64, others float64; what is null throughout is null. */
export function inferFeature(name: string, column: Column): Feature {
  const integer = new Value(TOKENIZER_COLUMNS[name] ?? "int64");
  if (column.holds === "integers") return integer;
  if (column.holds === "integer lists") return new List(integer);
  return inferValues(name, valuesOf(column)) ?? new Value("null");
}

/** Decided by the first value that is there; whether numbers are whole, by all of them. */
function inferValues(name: string, values: Iterable<Cell>): Feature | undefined {
  const present: Cell[] = [];
  for (const value of values) if (!isMissing(value)) present.push(value);
  const first = present.at(0);
  if (first === undefined) return undefined;
  if (typeof first === "boolean") return new Value("bool");
  if (typeof first === "string") return new Value("string");
  if (typeof first === "bigint") return new Value("int64");
  if (typeof first === "number") return new Value(present.every(isWhole) ? "int64" : "float64");
  if (isList(first)) return new List(inferValues(name, items(present)) ?? new Value("null"));
  if (Object.getPrototypeOf(first) === Object.prototype) {
    const inferField = (key: string) => inferValues(key, present.map((record) => record[key])) ?? new Value("null");
    return new Struct(Object.fromEntries(Object.keys(first).map((key) => [key, inferField(key)])));
  }
  throw new TypeError(
    `Column "${name}" holds ${describe(first)}; a column takes numbers, texts, truth values, lists and records.`,
  );
}

const isWhole = (value: Cell): boolean => typeof value === "bigint" || Number.isInteger(value);

function* items(lists: Iterable<Cell>): Generator<Cell> {
  for (const list of lists) yield* list;
}

function truthValue(value: Cell, feature: Feature): boolean {
  const text = String(value).toLowerCase();
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw mismatch(value, feature);
}

function numberOf(value: Cell, feature: Feature): number {
  const number = typeof value === "string" && value.trim() === "" ? NaN : Number(value);
  if (typeof value === "object" || (Number.isNaN(number) && !Number.isNaN(value))) throw mismatch(value, feature);
  return number;
}

function wholeNumber(value: Cell, feature: Feature): number {
  const number = numberOf(value, feature);
  if (!Number.isSafeInteger(number)) throw mismatch(value, feature);
  return number;
}

function mismatch(value: Cell, feature: Feature): TypeError {
  return new TypeError(`${describe(value)} is no ${feature}.`);
}

function describe(value: Cell): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "object") return `${value?.constructor?.name ?? "an object"}`;
  return String(value);
}
