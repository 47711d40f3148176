// Types of columns as files state them: the list of a dataset card, the JSON of Datasets (dataset_info.json, Arrow and parquet
// metadata, dataset.json), and back to that JSON.

import type { Cell } from "./cell.ts";
import { ClassLabel, type Feature, type Features, List, Struct, Value } from "./features.ts";

/**
 * Features as a card lists them (`- name: label, dtype: …`) or as Datasets' own JSON has them (`"label": { "_type": … }`).
 * @throws TypeError for a type that this library does not read
 */
export function featuresOf(features: Cell): Features | undefined {
  if (!features) return undefined;
  const entries: [string, Cell][] = Array.isArray(features)
    ? features.map((field) => [field.name, field])
    : Object.entries(features);
  return Object.fromEntries(entries.map(([name, field]) => [name, featureOf(name, field)]));
}

function featureOf(name: string, field: Cell): Feature {
  if (typeof field === "string") return new Value(field);
  const classes = field?.class_label ?? field?.dtype?.class_label ??
    (field?._type === "ClassLabel" ? field : undefined);
  const names = classes?.names;
  if (names) return new ClassLabel({ names: classNames(names) });
  const items = field?.list ?? field?.sequence ?? (field?._type ? field.feature : undefined);
  if (items !== undefined) return new List(Array.isArray(items) ? structOf(items) : featureOf(name, items));
  if (field?.struct) return structOf(field.struct);
  if (typeof field?.dtype === "string") return new Value(field.dtype);
  if (typeof field?.dtype === "object") return featureOf(name, field.dtype);
  if (typeof field === "object" && field !== null && !("_type" in field)) return structOf(field);
  throw new TypeError(
    `Column "${name}" has a type that is not read here (${JSON.stringify(field)}); see features.ts for those that are.`,
  );
}

const structOf = (fields: Cell): Struct => new Struct(featuresOf(fields) ?? {});

/** `["neg", "pos"]`, or `{ "0": "neg", "1": "pos" }` as cards have it. */
function classNames(names: Cell): string[] {
  if (Array.isArray(names)) return names.map(String);
  return Object.keys(names).sort((a, b) => Number(a) - Number(b)).map((key) => String(names[key]));
}

/** Datasets' JSON of the types, which Python reads. */
export function jsonOf(features: Features): Record<string, Cell> {
  return Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, fieldOf(feature)]));
}

function fieldOf(feature: Feature): Cell {
  if (feature instanceof ClassLabel) return { names: [...feature.names], _type: "ClassLabel" };
  if (feature instanceof List) return { feature: fieldOf(feature.feature), _type: "List" };
  if (feature instanceof Struct) return jsonOf(feature.fields);
  if (feature instanceof Value) return { dtype: feature.dtype, _type: "Value" };
  throw new TypeError(`${feature} has no form that Datasets reads.`);
}
