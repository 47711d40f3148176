// Exports of the library that nobody imports and that lib/mod.ts does not make public.

import type { Module } from "./modules.ts";

const DOOR = "lib/mod.ts";

/**
 * Each dead export as `file exports name, …`. An import in a test counts as a use, being passed on by a mod.ts alone does not.
 * A type that its own file uses is part of what that file declares, and stays.
 */
export function findDeadExports(modules: Map<string, Module>): string[] {
  const used = new Set<string>();
  for (const { imports } of modules.values()) {
    for (const { from, names } of imports) use(modules, used, from, names);
  }
  use(modules, used, DOOR, "*");

  return [...modules.values()].filter(({ path }) => path.startsWith("lib/")).flatMap((module) => {
    const names = [...module.exports, ...module.reExports.map(({ name }) => name).filter((name) => name !== "*")];
    const dead = names.filter((name) => !used.has(`${module.path} ${name}`) && !isOwnType(module, name));
    return dead.length === 0 ? [] : [`${module.path} exports ${dead.join(", ")}, which nobody imports`];
  });
}

function isOwnType({ code }: Module, name: string): boolean {
  const uses = code.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;
  return uses > 1 && new RegExp(`^export (interface|type) ${name}\\b`, "m").test(code);
}

/** Marks names of a file as used, and what stands behind them where the file passes them on. */
function use(modules: Map<string, Module>, used: Set<string>, path: string, names: string[] | "*"): void {
  const module = modules.get(path);
  if (!module) return;
  const wanted = names === "*" ? [...module.exports, ...module.reExports.map(({ name }) => name)] : names;
  for (const name of wanted) {
    const key = `${path} ${name}`;
    if (used.has(key)) continue;
    used.add(key);
    for (const passed of module.reExports) {
      if (passed.name === name && name !== "*") use(modules, used, passed.from, [passed.original]);
      else if (passed.name === "*") use(modules, used, passed.from, names === "*" ? "*" : [name]);
    }
  }
}
