// Notebook files (nbformat 4) in and out. Fields we do not know are kept as they are.

import { basename } from "node:path";
import { isObject, type JsonObject, linesAt, numberAt, objectAt, parseObject } from "./json.ts";
import type { Output } from "./outputs.ts";

export interface Notebook {
  /** The file's fields besides its cells. */
  fields: JsonObject;
  cells: JsonObject[];
}

/** Reads and checks a notebook file. */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await Deno.readTextFile(path).catch((error) => {
    throw new Error(`Notebook ${path} cannot be read: ${error.message}`);
  });
  return parseNotebook(text, basename(path));
}

/** Parses the text of a notebook; `name` stands in the errors. */
export function parseNotebook(text: string, name: string): Notebook {
  const { cells, ...fields } = parseObject(text, `Notebook ${name}`);
  if (numberAt(fields, "nbformat") !== 4 || !Array.isArray(cells) || !cells.every(isObject)) {
    throw new Error(`Notebook ${name} has nbformat ${fields.nbformat}; open it in Jupyter and save it as nbformat 4.`);
  }
  return { fields, cells };
}

export function isCode(cell: JsonObject): boolean {
  return cell.cell_type === "code";
}

export function sourceOf(cell: JsonObject): string {
  return linesAt(cell, "source");
}

/** The cell without outputs where none are given, with them where it ran. */
export function withOutputs(cell: JsonObject, outputs: Output[] = [], executionCount?: number): JsonObject {
  return { ...cell, execution_count: executionCount ?? null, outputs: outputs.map(onDisk) };
}

/** Sets kernelspec and language_info, as Jupyter does when Deno's kernel has run the notebook. */
export function withKernel({ fields, cells }: Notebook, languageInfo: JsonObject): Notebook {
  const kernelspec = { display_name: "Deno", language: "typescript", name: "deno" };
  const metadata = { ...objectAt(fields, "metadata"), kernelspec, language_info: languageInfo };
  return { fields: { ...fields, metadata }, cells };
}

/** Writes a notebook beside its place and renames it, so that a reader never sees half a file. */
export async function writeNotebook(path: string, { fields, cells }: Notebook): Promise<void> {
  const beside = `${path}.part`;
  await Deno.writeTextFile(beside, JSON.stringify({ cells, ...fields }, undefined, 1) + "\n");
  await Deno.rename(beside, path);
}

/** Long texts as lists of lines, as Jupyter itself writes them: a diff then shows lines. */
function onDisk(output: Output): JsonObject {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type === "error") return { ...output };
  const data = Object.entries(output.data).map((
    [mime, value],
  ) => [mime, typeof value === "string" ? lines(value) : value]);
  return { ...output, data: Object.fromEntries(data) };
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
