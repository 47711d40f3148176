import assert from "node:assert/strict";
import { join } from "node:path";
import { findCycles } from "../../tasks/ok/cycles.ts";
import { findDeadExports } from "../../tasks/ok/dead_exports.ts";
import { findLayerErrors } from "../../tasks/ok/layers.ts";
import { isLeftover } from "../../tasks/ok/leftovers.ts";
import { type Module, parseModule } from "../../tasks/ok/modules.ts";
import { checkNotebook } from "../../tasks/ok/notebooks.ts";
import { notebookText } from "../kernel/notebooks.ts";

/** Modules from `path -> text`. */
function project(files: Record<string, string>): Map<string, Module> {
  return new Map(Object.entries(files).map(([path, text]) => [path, parseModule(path, text)]));
}

Deno.test("parseModule() reads imports and exports of every form", () => {
  const module = parseModule(
    "lib/ops/a.ts",
    `import { join } from "node:path";
import type { A, B as C } from "./b.ts";
import {
  d, // said of d
  type E,
} from "../tensor/mod.ts";
import F, { g } from "./f.ts";
import * as all from "./all.ts";
import "./effect.ts";
import { tensor } from "lib";
import zmq from "zeromq";
export * from "./star.ts";
export { h as i, type J } from "./h.ts";
export async function k() { await import("./lazy.ts"); }
export const { l, m: n } = k();
export interface O {}
export abstract class P {}
export type { Q };
export { r as s };
// Deno is only said here
`,
  );
  assert.deepEqual(module.imports, [
    { from: "lib/ops/b.ts", names: ["A", "B"], isLazy: false },
    { from: "lib/tensor/mod.ts", names: ["d", "E"], isLazy: false },
    { from: "lib/ops/f.ts", names: ["default", "g"], isLazy: false },
    { from: "lib/ops/all.ts", names: "*", isLazy: false },
    { from: "lib/mod.ts", names: ["tensor"], isLazy: false },
    { from: "lib/ops/effect.ts", names: [], isLazy: false },
    { from: "lib/ops/lazy.ts", names: "*", isLazy: true },
  ]);
  assert.deepEqual(module.reExports, [
    { from: "lib/ops/star.ts", name: "*", original: "*" },
    { from: "lib/ops/h.ts", name: "i", original: "h" },
    { from: "lib/ops/h.ts", name: "J", original: "J" },
  ]);
  assert.deepEqual(module.exports, ["k", "O", "P", "l", "n", "Q", "s"]);
  assert.deepEqual(module.nodeImports, ["node:path"]);
  assert.doesNotMatch(module.code, /Deno|said/);
});

Deno.test("findCycles() names a cycle once, types included, and no lazy import", () => {
  const modules = project({
    "lib/a.ts": 'import { b } from "./b.ts";',
    "lib/b.ts": 'import type { C } from "./c.ts";',
    "lib/c.ts": 'export * from "./a.ts";',
    "lib/d.ts": 'import { e } from "./e.ts";',
    "lib/e.ts": 'const later = () => import("./d.ts");',
  });
  assert.deepEqual(findCycles(modules), ["lib/a.ts -> lib/b.ts -> lib/c.ts -> lib/a.ts"]);
});

Deno.test("findLayerErrors() lets a folder import only from below", () => {
  const modules = project({
    "lib/mod.ts": 'import { a } from "./trainer/mod.ts";\na();',
    "lib/trainer/mod.ts": 'export { a } from "./a.ts";',
    "lib/trainer/a.ts": 'import { b } from "../models/b.ts";\nimport { c } from "../notebook/c.ts";',
    "lib/models/b.ts": 'import { add } from "../ops/add.ts";\nimport { tensor } from "lib";',
    "lib/metrics/d.ts": 'import type { Dataset } from "../data/e.ts";',
    "lib/ops/add.ts": 'import wgsl from "../../kernels/webgpu/add.wgsl" with { type: "text" };',
    "lib/hub/f.ts": 'import { g } from "../../tests/g.ts";',
  });
  assert.deepEqual(findLayerErrors(modules), [
    "lib/trainer/a.ts imports lib/notebook/c.ts, which is not below trainer",
    "lib/models/b.ts imports lib/mod.ts, which is not below models",
    "lib/metrics/d.ts imports lib/data/e.ts, which is not below metrics",
    "lib/hub/f.ts imports tests/g.ts, which is not below hub",
  ]);
});

Deno.test("findLayerErrors() finds the machine where a browser must do", () => {
  const modules = project({
    "lib/ops/a.ts": 'import { join } from "node:path";',
    "lib/backend/webgpu/b.ts": "const n = Deno.pid;",
    "lib/nn/c.ts": 'import { readEnvironment } from "../environment.ts";',
    "lib/backend/cpu/d.ts": "const n = Deno.pid;",
    "lib/models/e.ts": "// Deno.pid\nconst text = `Deno.pid`;",
  });
  assert.deepEqual(findLayerErrors(modules).map((finding) => finding.split(";")[0]), [
    "lib/ops/a.ts uses node:path",
    "lib/backend/webgpu/b.ts uses Deno",
    "lib/nn/c.ts uses lib/environment.ts",
  ]);
});

Deno.test("findLayerErrors() wants a mod.ts that only passes on", () => {
  const modules = project({
    "lib/ops/mod.ts":
      '// All ops.\nimport "./methods.ts";\nexport {\n  a,\n  b,\n} from "./a.ts";\nexport * from "./c.ts";\n',
    "lib/nn/mod.ts": 'export { a } from "./a.ts";\nexport const b = 1;\n',
  });
  assert.deepEqual(findLayerErrors(modules), ["lib/nn/mod.ts does more than pass on what its folder holds"]);
});

Deno.test("findDeadExports() follows names through every mod.ts", () => {
  const modules = project({
    "lib/mod.ts": 'export { a } from "./ops/mod.ts";\nexport * from "./nn/mod.ts";',
    "lib/ops/mod.ts": 'export { a, b } from "./a.ts";\nexport * from "./c.ts";',
    "lib/ops/a.ts":
      "export const a = 1;\nexport const b = 2;\nexport interface Own {}\nexport const f = (own: Own) => own;",
    "lib/ops/c.ts": "export const c = 1;\nexport const d = 2;\nexport type Alone = 1;",
    "lib/nn/mod.ts": 'export { x as y } from "./x.ts";',
    "lib/nn/x.ts": "export const x = 1;\nexport const z = 1;",
    "tests/c_test.ts": 'import { c } from "../lib/ops/mod.ts";',
  });
  assert.deepEqual(findDeadExports(modules), [
    "lib/ops/mod.ts exports b, which nobody imports",
    "lib/ops/a.ts exports b, f, which nobody imports",
    "lib/ops/c.ts exports d, Alone, which nobody imports",
    "lib/nn/x.ts exports z, which nobody imports",
  ]);
});

Deno.test("isLeftover() knows notes to oneself and dead code from prose", () => {
  const note = "TO" + "DO";
  const found = [
    `// ${note}: later`,
    `  // ${"FIX" + "ME"} soon`,
    "// const x = 1;",
    "  // await run();",
    "// return y;",
  ];
  const fine = [
    "// the return is (rows, columns)",
    "// y = max(x, 0)",
    "const x = 1; // said",
    "// for each row: one workgroup",
    "/** Does it. */",
  ];
  assert.deepEqual([...found, ...fine].filter(isLeftover), found);
});

/** What is found in a notebook with these code cells. */
async function check(...cells: string[]): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "lesson.ipynb");
  await Deno.writeTextFile(path, notebookText(...cells));
  try {
    return await checkNotebook(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("checkNotebook() finds nothing in good cells", async () => {
  const findings = await check(
    'import { join } from "node:path";\nconst unused = 1;',
    "const page = await Promise.resolve(2);\npage + 1;",
    "function mcc(tp: number): number {\n  // your code\n}\nmcc(1);",
  );
  assert.deepEqual(findings, []);
});

Deno.test("checkNotebook() names cell and line of each finding", async () => {
  const findings = await check(
    "const x = 1;",
    'const y: number = 2;\nconst word: number = "two";',
    "const x = 2;",
    "var old = import.meta.url",
    "function f(): number {\n}",
  );
  assert.deepEqual(findings.map((finding) => finding.split("\n")[0]), [
    "lesson.ipynb, cell 4: import.meta is a syntax error in the kernel",
    "lesson.ipynb, cell 1, line 1:7: TS2451 [ERROR]: Cannot redeclare block-scoped variable 'x'.",
    "lesson.ipynb, cell 2, line 2:7: TS2322 [ERROR]: Type 'string' is not assignable to type 'number'.",
    "lesson.ipynb, cell 3, line 1:7: TS2451 [ERROR]: Cannot redeclare block-scoped variable 'x'.",
    "lesson.ipynb, cell 5, line 1:15: TS2355 [ERROR]: A function whose declared type is neither 'undefined', 'void', nor 'any' must return a value.",
    "lesson.ipynb, cell 4, line 1:1: `var` keyword is not allowed. (no-var)",
    "lesson.ipynb, cell 4: not formatted as `deno fmt` does",
  ]);
});

Deno.test("checkNotebook() names the cell that cannot be parsed", async () => {
  const [finding] = await check("const x = 1;", "x;\nconst = 2;");
  assert.match(finding, /^lesson\.ipynb, cell 2, line 2:7: error: SyntaxError: Unexpected token/);
});
