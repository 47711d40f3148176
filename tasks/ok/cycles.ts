// Import cycles. Type-only imports count: files that need each other's types are one file, or lack a third.

import type { Module } from "./modules.ts";

/** Each cycle once, as `a.ts -> b.ts -> a.ts`. */
export function findCycles(modules: Map<string, Module>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];

  const visit = (name: string) => {
    const at = path.indexOf(name);
    if (at >= 0) {
      cycles.push([...path.slice(at), name].join(" -> "));
      return;
    }
    const module = modules.get(name);
    if (!module || done.has(name)) return;
    path.push(name);
    for (const next of dependencies(module)) visit(next);
    path.pop();
    done.add(name);
  };
  for (const name of modules.keys()) visit(name);
  return cycles;
}

/** The files that a module needs as soon as it loads. */
function dependencies({ imports, reExports }: Module): Set<string> {
  return new Set([...imports.filter(({ isLazy }) => !isLazy), ...reExports].map(({ from }) => from));
}
