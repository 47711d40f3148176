// The tests of ops and layers as they stand under tests/, and training steps, under the other WebGPU: Dawn and Tint in Chromium.

import assert from "node:assert/strict";
import { chromiumPath, withPage } from "./chromium.ts";
import type { TestPage } from "./test_page.ts";

declare const page: TestPage; // in the browser

/** The test files of folders that need neither Deno nor files: all of tests/ops, and what others have of that kind. */
function testFiles(): URL[] {
  return ["ops", "nn", "optim", "tensor"].flatMap((folder) => {
    const url = new URL(`../${folder}/`, import.meta.url);
    const files = Array.from(Deno.readDirSync(url), ({ name }) => new URL(name, url))
      .filter(({ pathname }) => pathname.endsWith("_test.ts"))
      .sort((a, b) => a.pathname < b.pathname ? -1 : 1);
    const isPure = (file: URL) => !/\bDeno\./.test(Deno.readTextFileSync(file));
    if (folder === "ops") assert.deepEqual(files.filter((file) => !isPure(file)), [], "tests of ops that use Deno");
    return files.filter(isPure);
  });
}

Deno.test({
  name: "webgpu tests of ops, layers and optimizers and training steps pass in Chromium",
  ignore: !chromiumPath,
  fn: (t) => {
    const own = ["../models/empty_batch_test.ts", "./training_step.ts", "./test_page.ts"].map((path) =>
      new URL(path, import.meta.url)
    );
    return withPage([...testFiles(), ...own], async (browser) => {
      const names = await browser.evaluate(() => page.names());
      assert.ok(names.length > 40, `only ${names.length} tests were found`);
      for (const [at, name] of names.entries()) {
        await t.step(name, async () => assert.equal(await browser.evaluate((i) => page.run(i), at), undefined));
      }
    });
  },
});
