// What a browser can run reaches no file that needs Deno or Node, through whatever it imports. (`deno task ok` looks at each file alone;
// tests_test.ts runs them in one.)

import assert from "node:assert/strict";
import { type Module, readModules } from "../../tasks/ok/modules.ts";

const FOLDERS = ["tensor", "ops", "autograd", "nn", "optim", "metrics", "backend/webgpu"];

/** The files that need a machine among those that a file imports, and those that they import, and so on; the file itself included. */
function reached(modules: ReadonlyMap<string, Module>, path: string, seen = new Set<string>()): string[] {
  const module = modules.get(path);
  if (!module || seen.has(path)) return [];
  seen.add(path);
  const needsMachine = /\bDeno\b/.test(module.code) || module.nodeImports.length > 0;
  const further = [...module.imports, ...module.reExports].flatMap(({ from }) => reached(modules, from, seen));
  return needsMachine ? [path, ...further] : further;
}

Deno.test("tensors, ops, layers, optimizers, metrics, WebGPU and the models themselves reach no Deno API", async () => {
  const modules = await readModules(["lib"]);
  const isModel = ({ path, code }: Module) =>
    path.startsWith("lib/models/") && /\bclass \w+.* extends .*(Model|Module)\b/.test(code);
  const pure = [...modules.values()].filter((module) =>
    isModel(module) || FOLDERS.some((folder) => module.path.startsWith(`lib/${folder}/`))
  );
  assert.ok(pure.length > 100 && pure.some(({ path }) => path === "lib/models/bert.ts"));
  for (const { path } of pure) assert.deepEqual(reached(modules, path), [], path);
  assert.notDeepEqual(reached(modules, "lib/models/pretrained.ts"), [], "what reads files is told apart");
});
