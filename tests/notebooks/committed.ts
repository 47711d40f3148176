// The notebooks as they are committed, and how a new run's outputs may differ from theirs.

import { basename, join } from "node:path";
import { isObject, type JsonObject, objectAt } from "../../tasks/kernel/json.ts";
import { isCode, type Notebook, readNotebook } from "../../tasks/kernel/notebook.ts";
import { walk } from "../../tasks/ok/modules.ts";
import { ROOT } from "../../tasks/project.ts";

/** Every notebook of the course by its file's name. */
export async function readNotebooks(): Promise<Map<string, Notebook>> {
  const notebooks = new Map<string, Notebook>();
  for await (const path of walk(join(ROOT, "notebooks"), ".ipynb")) {
    notebooks.set(basename(path), await readNotebook(path));
  }
  return notebooks;
}

export function outputsOf(cell: JsonObject): JsonObject[] {
  return Array.isArray(cell.outputs) ? cell.outputs.filter(isObject) : [];
}

/** Numbers of two runs may differ so much: by this, or by this share of what they are. A cell's metadata may say otherwise. */
const TOLERANCE = 0.05;

/**
 * Where a run's outputs are not those of the committed notebook: other kinds of output, other words, or numbers further apart
 * than the cell's tolerance: `"attend": { "tolerance": 0.2 }` in its metadata, or `"any"` where the words themselves depend on
 * what was learned. Lines that tell times or the machine are left out. A figure's words are its sentence.
 */
export function differences(committed: Notebook, run: Notebook): string[] {
  const cells = committed.cells.filter(isCode), others = run.cells.filter(isCode);
  return cells.flatMap((cell, i) => {
    const name = `${cell.id}`;
    const [before, after] = [cell, others[i] ?? {}].map((each) =>
      outputsOf(each).filter((output) => !isMapping(output))
    );
    const [kinds, otherKinds] = [before.map(kindOf).join("; "), after.map(kindOf).join("; ")];
    if (kinds !== otherKinds) return [`${name}: gives ${otherKinds || "nothing"}, committed is ${kinds || "nothing"}`];
    const { tolerance = TOLERANCE } = objectAt(objectAt(cell, "metadata"), "attend");
    if (typeof tolerance !== "number") return [];
    return before.flatMap((output, k) => differingLine(textOf(output), textOf(after[k]), tolerance) ?? [])
      .map((line) => `${name}: ${line}`);
  });
}

/** The bar of a `map()`, which is there only where the machine took a while. */
function isMapping(output: JsonObject): boolean {
  return textOf(output).startsWith("Mapping ");
}

/** What sort of output it is: `display_data text/html text/plain`. */
function kindOf(output: JsonObject): string {
  return [output.output_type, output.name, ...Object.keys(objectAt(output, "data")).sort()].filter(Boolean).join(" ");
}

/** Its words. */
export function textOf(output: JsonObject): string {
  const text = output.output_type === "stream" ? output.text : objectAt(output, "data")["text/plain"];
  return Array.isArray(text) ? text.join("") : String(text ?? "");
}

/** Lines that tell a time, a rate or what the machine is. */
const MACHINE =
  /\b(ms|seconds?|minutes?|elapsed|threads|adapter|blas|reason|name {2,}(cpu|webgpu))\b|PerSecond|Runtime|time \(|\d s\b/i;
const NUMBER = /[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?/gi;

/** The first line that says something else, as a sentence. */
function differingLine(committed: string, given: string, tolerance: number): string | undefined {
  const [lines, others] = [committed, given].map((text) => text.split("\n").filter((line) => !MACHINE.test(line)));
  const at = Array.from({ length: Math.max(lines.length, others.length) }, (_, i) => i)
    .find((i) => !isSameLine(lines[i] ?? "", others[i] ?? "", tolerance));
  return at === undefined ? undefined : `says "${others[at] ?? ""}", committed is "${lines[at] ?? ""}"`;
}

function isSameLine(line: string, other: string, tolerance: number): boolean {
  // Columns are as wide as their numbers are long.
  const words = (text: string) => text.replace(NUMBER, "#").replace(/[\s-]+/g, " ").trim();
  if (words(line) !== words(other)) return false;
  const [numbers, others] = [line, other].map((text) =>
    (text.match(NUMBER) ?? []).map((word) => Number(word.replaceAll(",", "").replace("−", "-")))
  );
  return numbers.every((number, i) => Math.abs(number - others[i]) <= tolerance * Math.max(1, Math.abs(number)));
}
