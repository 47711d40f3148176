// Formats, lints and type-checks the code cells of the notebooks, which Deno does for none. The cells of a notebook become
// one module in their order, so a name declared twice is an error here though the kernel would take it.

import { basename, join } from "node:path";
import { isCode, readNotebook, sourceOf } from "../kernel/notebook.ts";
import { ROOT } from "../project.ts";
import { deno, withoutNoise } from "./commands.ts";
import { walk } from "./modules.ts";

/** A notebook's code cells as one module; `lines[i]` tells where its line i + 1 comes from. */
export interface CellModule {
  text: string;
  lines: { cell: number; line: number }[];
}

/** An exercise cell as the student gets it: a function whose body is still to be written. */
const EXERCISE = /^\s*\/\/ your code\b/m;
/** "A function whose declared type is neither 'undefined', 'void', nor 'any' must return a value." */
const NO_RETURN = "TS2355";
/** A later cell, or the student's, may use what a cell declares; a name declared twice is told by the type check. */
const RULES_OFF = "no-unused-vars,no-redeclare";

/** Findings in every notebook of the course, with the number of the code cell. */
export async function findNotebookErrors(): Promise<string[]> {
  const paths = await Array.fromAsync(walk(join(ROOT, "notebooks"), ".ipynb"));
  const findings = await Promise.all(paths.map(checkNotebook));
  return findings.flat();
}

/** Findings in one notebook. */
export async function checkNotebook(path: string): Promise<string[]> {
  const name = basename(path);
  const cells = (await readNotebook(path)).cells.filter(isCode).map(sourceOf);
  const folder = await Deno.makeTempDir({ prefix: "cells-" });
  try {
    const module = joinCells(cells);
    const file = join(folder, "cells.ts");
    await Deno.writeTextFile(file, module.text);
    const config = ["--config", join(ROOT, "deno.json")];
    const types = await deno(["check", ...config, file]);
    const lint = await deno(["lint", ...config, "--compact", `--rules-exclude=${RULES_OFF}`, file]);
    const places = [
      ...(types.success ? [] : typeErrors(types.text, module, cells)),
      ...(lint.success ? [] : lintErrors(lint.text, module)),
    ];
    const unformatted = await formatErrors(cells, folder, config);
    return [...importMeta(cells), ...places, ...unformatted].map((finding) => `${name}, ${finding}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

export function joinCells(cells: string[]): CellModule {
  const lines: CellModule["lines"] = [];
  for (const [i, cell] of cells.entries()) {
    cell.trimEnd().split("\n").forEach((_, line) => lines.push({ cell: i + 1, line: line + 1 }));
  }
  // The last line makes a module of it, in which `await` stands at the top level as it may in a cell.
  return { text: [...cells.map((cell) => cell.trimEnd()), "export {};", ""].join("\n"), lines };
}

/** TypeScript's errors, their place put into the notebook; what an exercise is still to return is no error. */
function typeErrors(text: string, module: CellModule, cells: string[]): string[] {
  const said = withoutNoise(text).replace(/^(Found \d+ errors?\.|error: Type checking failed\.)$/gm, "");
  // A cell that cannot be parsed, or a package that is not there, is one `error:` without a number.
  const errors = said.split(/^(?=TS\d+ \[ERROR\]|error: )/m).filter((error) => error.trim() !== "");
  return errors.flatMap((error) => {
    const [, line, column] = /cells\.ts:(\d+):(\d+)/.exec(error) ?? [];
    const at = placeOf(module, Number(line));
    if (error.startsWith(NO_RETURN) && EXERCISE.test(cells[at.cell - 1])) return [];
    return [`cell ${at.cell}, line ${at.line}:${column}: ${error.replace(/\n\s*at file:[^\n]*/g, "").trimEnd()}`];
  });
}

/** Lint's compact lines: `file: line 3, col 5 - message (rule)`. */
function lintErrors(text: string, module: CellModule): string[] {
  return Array.from(text.matchAll(/cells\.ts: line (\d+), col (\d+) - (.*)/g), ([, line, column, message]) => {
    const at = placeOf(module, Number(line));
    return `cell ${at.cell}, line ${at.line}:${column}: ${message}`;
  });
}

async function formatErrors(cells: string[], folder: string, config: string[]): Promise<string[]> {
  const files = cells.map((_, i) => join(folder, `cell-${i + 1}.ts`));
  await Promise.all(cells.map((cell, i) => Deno.writeTextFile(files[i], `${cell.trimEnd()}\n`)));
  if (files.length === 0) return [];
  const { success, text } = await deno(["fmt", ...config, "--check", ...files]);
  if (success) return [];
  const unformatted = Array.from(text.matchAll(/cell-(\d+)\.ts:?$/gm), ([, cell]) => Number(cell)).sort((a, b) =>
    a - b
  );
  return [...new Set(unformatted)].map((cell) => `cell ${cell}: not formatted as \`deno fmt\` does`);
}

/** The kernel takes `import.meta` for a syntax error, the type checker does not. */
function importMeta(cells: string[]): string[] {
  return cells.flatMap((cell, i) =>
    /\bimport\.meta\b/.test(cell) ? [`cell ${i + 1}: import.meta is a syntax error in the kernel`] : []
  );
}

function placeOf({ lines }: CellModule, line: number): { cell: number; line: number } {
  return lines[line - 1] ?? { cell: lines.at(-1)?.cell ?? 0, line: 0 };
}
