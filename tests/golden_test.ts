// Every operation of ops.json is compared with PyTorch's numbers somewhere; the rows that are left out say why where they are.

import assert from "node:assert/strict";
import { goldenJson } from "./golden.ts";

Deno.test("every op of ops.json is named by a test", async () => {
  const { cases } = goldenJson<{ cases: { op: string }[] }>("ops.json");
  let sources = "";
  for (const folder of ["./ops/", "./nn/"]) {
    const url = new URL(folder, import.meta.url);
    for await (const { name } of Deno.readDir(url)) {
      if (name.endsWith("_test.ts")) sources += await Deno.readTextFile(new URL(name, url));
    }
  }
  const ops = new Set(cases.map(({ op }) => op));
  assert.deepEqual([...ops].filter((op) => !sources.includes(`"${op}"`)), []);
});
