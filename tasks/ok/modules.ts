// What each source file imports and exports, read from its text. The text is formatted (`deno fmt`), so a statement that
// imports or exports starts its line; no parser is needed.

import { dirname, join, normalize, relative } from "node:path";
import { ROOT } from "../project.ts";

/** Names taken from another file of the project; "*" means all of them. */
export interface Import {
  from: string;
  names: string[] | "*";
  /** Whether the file is loaded only when asked for (`import()`), which makes no cycle. */
  isLazy: boolean;
}

/** `export { original as name } from "file"`; "*" passes on everything. */
export interface ReExport {
  from: string;
  name: string;
  original: string;
}

export interface Module {
  /** Path from the project's root, with `/`. */
  path: string;
  /** The text without comments and without the inside of strings. */
  code: string;
  imports: Import[];
  reExports: ReExport[];
  /** Names declared and exported here. */
  exports: string[];
  /** Specifiers that start with `node:`. */
  nodeImports: string[];
}

const FROM = `from "([^"]+)"`;
const STATEMENT = new RegExp(
  `^(import|export)\\s+(?:type\\s+)?((?:[\\w$]+,\\s*)?(?:\\{[^}]*\\}|\\*(?:\\s+as\\s+[\\w$]+)?|[\\w$]+))\\s+${FROM}`,
  "gm",
);
const EFFECT = /^import "([^"]+)"/gm;
const LAZY = /\bimport\(\s*"([^"]+)"|new URL\(\s*"([^"]+\.ts)"/g;
const DECLARED =
  /^export\s+(?:default\s+|declare\s+|abstract\s+|async\s+)*(?:function\*?|class|const|let|interface|type|enum|namespace)\s+([\w$]+)/gm;
const DESTRUCTURED = /^export const \{([^}]*)\} =/gm;
const LISTED = /^export\s+(?:type\s+)?\{([^}]*)\};/gm;

/** Reads every .ts file under these folders of the project, path -> module. */
export async function readModules(folders: string[]): Promise<Map<string, Module>> {
  const modules = new Map<string, Module>();
  for (const folder of folders) {
    for await (const path of walk(join(ROOT, folder), ".ts")) {
      const name = relative(ROOT, path).replaceAll("\\", "/");
      modules.set(name, parseModule(name, await Deno.readTextFile(path)));
    }
  }
  return modules;
}

/** Every file under a folder whose name ends so, in order; nothing where there is no such folder. */
export async function* walk(folder: string, end: string): AsyncGenerator<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = join(folder, name);
    if (isDirectory) yield* walk(path, end);
    else if (name.endsWith(end)) yield path;
  }
}

export function parseModule(path: string, text: string): Module {
  const imports: Import[] = [];
  const reExports: ReExport[] = [];
  const nodeImports: string[] = [];
  const add = (specifier: string, names: string[] | "*", isLazy = false) => {
    if (specifier.startsWith("node:")) nodeImports.push(specifier);
    const from = resolve(path, specifier);
    if (from !== undefined) imports.push({ from, names, isLazy });
  };

  for (const [, kind, clause, specifier] of text.matchAll(STATEMENT)) {
    const names = clauseNames(clause);
    const from = resolve(path, specifier);
    if (kind === "import") add(specifier, names === "*" ? "*" : names.map(({ original }) => original));
    else if (from === undefined) continue;
    else if (names === "*") reExports.push({ from, name: "*", original: "*" });
    else reExports.push(...names.map((name) => ({ from, ...name })));
  }
  for (const [, specifier] of text.matchAll(EFFECT)) add(specifier, []);
  const code = blank(text);
  for (const [, lazy, url] of text.matchAll(LAZY)) add(lazy ?? url, "*", true);
  return { path, code, imports, reExports, nodeImports, exports: exportedNames(text) };
}

function exportedNames(text: string): string[] {
  const declared = Array.from(text.matchAll(DECLARED), ([, name]) => name);
  const destructured = Array.from(text.matchAll(DESTRUCTURED), ([, list]) => listNames(list.replaceAll(":", " as ")));
  const listed = Array.from(text.matchAll(LISTED), ([, list]) => listNames(list));
  return [...new Set([...declared, ...[...destructured, ...listed].flat().map(({ name }) => name)])];
}

/** The names of `{ a, type b as c }`, `* as x`, `d` or `d, { e }`. */
function clauseNames(clause: string): { name: string; original: string }[] | "*" {
  if (clause.startsWith("*")) return "*";
  const braces = /\{([^}]*)\}/.exec(clause);
  const named = braces ? listNames(braces[1]) : [];
  const first = /^[\w$]+/.exec(clause)?.[0];
  return first === undefined ? named : [{ name: first, original: "default" }, ...named];
}

function listNames(list: string): { name: string; original: string }[] {
  return list.replace(/\/\/.*$/gm, "").split(",").map((part) => part.trim().replace(/^type\s+/, "")).filter((part) =>
    part !== ""
  ).map((part) => {
    const [original, name = original] = part.split(/\s+as\s+/);
    return { original, name };
  });
}

/** The project's file behind a specifier, undefined for packages. */
function resolve(importer: string, specifier: string): string | undefined {
  if (specifier === "lib") return "lib/mod.ts";
  if (!specifier.startsWith(".")) return undefined;
  return normalize(join(dirname(importer), specifier)).replaceAll("\\", "/");
}

/** Blanks comments and strings, so that a word found in the rest is code. */
function blank(text: string): string {
  const token = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`/g;
  return text.replace(token, (part) => part.replace(/[^\n]/g, " "));
}
