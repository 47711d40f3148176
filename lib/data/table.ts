// A table: columns of one length with their types. Plain functions on it; Dataset is the face that users see. Tables never change.

import { type Batch, type Cell, isMissing, type Row } from "./cell.ts";
import { type Column, columnOf, concatColumns, valuesOf } from "./column.ts";
import { ClassLabel, type Feature, type Features, inferFeature } from "./features.ts";

export interface Table {
  readonly columns: ReadonlyMap<string, Column>;
  readonly features: Features;
  readonly numRows: number;
  /** True where the rows were read from files: what `map` makes of them is kept on disk. */
  readonly isFromFiles?: boolean;
}

/**
 * A table of values by column; types that are not given are inferred.
 * @throws RangeError where lengths differ or names do not match the features; TypeError where a value is not of its type
 */
export function tableOf(values: Readonly<Record<string, ArrayLike<Cell>>>, features?: Features): Table {
  const names = Object.keys(features ?? values);
  const odd = [...names, ...Object.keys(values)].find((name) => !Object.hasOwn(values, name) || !names.includes(name));
  if (odd !== undefined) {
    throw new RangeError(
      `The columns are ${Object.keys(values).join(", ")}, but the features name ${
        names.join(", ")
      }; both must be the same.`,
    );
  }
  return tableOfColumns(names.map((name) => {
    const stored = columnOf(values[name]);
    const feature = features?.[name] ?? inferFeature(name, stored);
    return [name, features || stored.holds === "values" ? encoded(name, stored, feature) : stored, feature];
  }));
}

/** A table of records; a key that a record lacks is null there. */
export function tableOfRows(rows: readonly Row[], features?: Features): Table {
  const names = features ? Object.keys(features) : [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return tableOf(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])), features);
}

/** A table of columns that are of their types. @throws RangeError where lengths differ */
export function tableOfColumns(columns: readonly (readonly [name: string, column: Column, feature: Feature])[]): Table {
  const numRows = columns.at(0)?.[1].length ?? 0;
  for (const [name, { length }] of columns) {
    if (length === numRows) continue;
    throw new RangeError(
      `Column "${name}" has ${length} values and "${
        columns[0][0]
      }" has ${numRows}; all columns must have the same length.`,
    );
  }
  return {
    columns: new Map(columns.map(([name, column]) => [name, column])),
    features: Object.fromEntries(columns.map(([name, _, feature]) => [name, feature])),
    numRows,
  };
}

function encoded(name: string, column: Column, feature: Feature): Column {
  try {
    return columnOf(Array.from(valuesOf(column), (value) => feature.encode(value)));
  } catch (error) {
    throw error instanceof TypeError || error instanceof RangeError
      ? new TypeError(`Column "${name}": ${error.message}`)
      : error;
  }
}

/** One row as a record. */
export function rowOf(table: Table, row: number): Row {
  const record: Row = {};
  for (const [name, column] of table.columns) record[name] = column.at(row);
  return record;
}

/** The rows from `start` to before `end`, by column. */
export function batchOf(table: Table, start: number, end: number): Batch {
  const length = Math.max(0, Math.min(end, table.numRows) - start);
  return Object.fromEntries(
    [...table.columns].map(([name, column]) => [name, Array.from({ length }, (_, i) => column.at(start + i))]),
  );
}

/** The rows in the given order. @throws RangeError for a row that is not there */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  for (let i = 0; i < rows.length; i++) {
    if (Number.isInteger(rows[i]) && rows[i] >= 0 && rows[i] < table.numRows) continue;
    throw new RangeError(`There is no row ${rows[i]}; the set has rows 0 to ${table.numRows - 1}.`);
  }
  const columns = new Map([...table.columns].map(([name, column]) => [name, column.take(rows)]));
  return { ...table, columns, numRows: rows.length };
}

/** One table below the other, with the types of the first. @throws RangeError where the columns differ */
export function concatTables(tables: readonly Table[]): Table {
  const [first, ...others] = tables;
  const names = [...first.columns.keys()];
  for (const { columns, features } of others) {
    const odd = names.find((name) => !columns.has(name) || String(features[name]) !== String(first.features[name])) ??
      [...columns.keys()].find((name) => !first.columns.has(name));
    if (odd === undefined) continue;
    throw new RangeError(
      `Column "${odd}" is ${first.features[odd] ?? "not there"} in one set and ${
        features[odd] ?? "not there"
      } in another; ` +
        `sets that are joined must have the same columns.`,
    );
  }
  return {
    columns: new Map(names.map((name) => [name, concatColumns(tables.map((table) => columnNamed(table, name)))])),
    features: first.features,
    numRows: tables.reduce((sum, table) => sum + table.numRows, 0),
    isFromFiles: tables.every(({ isFromFiles }) => isFromFiles),
  };
}

/** The table with only these columns, in this order. @throws RangeError for a column that is not there */
export function selectColumns(table: Table, names: readonly string[]): Table {
  return {
    columns: new Map(names.map((name) => [name, columnNamed(table, name)])),
    features: Object.fromEntries(names.map((name) => [name, table.features[name]])),
    numRows: names.length ? table.numRows : 0,
    isFromFiles: table.isFromFiles,
  };
}

/** @throws RangeError where the column is not there or the new name is taken */
export function renameColumn(table: Table, name: string, newName: string): Table {
  columnNamed(table, name);
  assertFree(table, newName);
  return changed(table, entriesOf(table).map(([old, ...rest]) => [old === name ? newName : old, ...rest]));
}

/** With one more column. @throws RangeError where its length differs or the name is taken */
export function addColumn(table: Table, name: string, values: ArrayLike<Cell>): Table {
  assertFree(table, name);
  return changed(table, [...entriesOf(table), ...entriesOf(tableOf({ [name]: values }))]);
}

/** With another type for a column, its values brought to it. @throws TypeError where one is not of it */
export function castColumn(table: Table, name: string, feature: Feature): Table {
  const cast = encoded(name, columnNamed(table, name), feature);
  return changed(table, entriesOf(table).map((entry) => entry[0] === name ? [name, cast, feature] : entry));
}

/** With a column as classes, named by its values in order unless names are given. @throws RangeError for a value without a name */
export function classEncodeColumn(table: Table, name: string, names?: readonly string[]): Table {
  const texts = Array.from(valuesOf(columnNamed(table, name)), (value) => isMissing(value) ? null : nameOf(value));
  const known = names ?? [...new Set(texts.filter((text) => text !== null))].sort();
  const classes = new ClassLabel({ names: known });
  const column = columnOf(texts.map((text) => text === null ? null : classes.str2int(text)));
  return changed(table, entriesOf(table).map((entry) => entry[0] === name ? [name, column, classes] : entry));
}

/** As Python writes it. */
const nameOf = (value: Cell): string => value === true ? "True" : value === false ? "False" : String(value);

function changed({ isFromFiles }: Table, columns: Parameters<typeof tableOfColumns>[0]): Table {
  return { ...tableOfColumns(columns), isFromFiles };
}

function entriesOf(table: Table): [name: string, column: Column, feature: Feature][] {
  return [...table.columns].map(([name, column]) => [name, column, table.features[name]]);
}

function assertFree(table: Table, name: string): void {
  if (table.columns.has(name)) throw new RangeError(`There is a column "${name}" already; choose another name.`);
}

/** @throws RangeError for a column that is not there */
export function columnNamed(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column) return column;
  throw new RangeError(`There is no column "${name}"; the columns are ${[...table.columns.keys()].join(", ")}.`);
}

/**
 * The rows in the order of a column's values, then of the next one's; equal ones keep their order, missing ones come last.
 * @throws RangeError where `reverse` is not one for each column
 */
export function sortedRows(table: Table, names: readonly string[], reverse: boolean | readonly boolean[]): Int32Array {
  const reversed = typeof reverse === "boolean" ? names.map(() => reverse) : reverse;
  if (reversed.length !== names.length) {
    throw new RangeError(
      `sort: reverse has ${reversed.length} values for ${names.length} columns; give one, or one a column.`,
    );
  }
  const keys = names.map((name, i) => ({
    values: [...valuesOf(columnNamed(table, name))],
    sign: reversed[i] ? -1 : 1,
  }));
  return Int32Array.from({ length: table.numRows }, (_, row) => row).sort((a, b) => {
    for (const { values, sign } of keys) {
      const [x, y] = [values[a], values[b]];
      const isLater = isMissing(x) || isMissing(y)
        ? Number(isMissing(x)) - Number(isMissing(y))
        : sign * (Number(x > y) - Number(x < y));
      if (isLater !== 0) return isLater;
    }
    return a - b;
  });
}
