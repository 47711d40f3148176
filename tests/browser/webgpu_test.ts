// The same shaders under the other WebGPU: Dawn with its compiler Tint in Chromium, where Deno has wgpu and naga.

import assert from "node:assert/strict";
import { chromiumPath, withPage } from "./chromium.ts";
import type { KernelPage } from "./page.ts";

declare const page: KernelPage; // in the browser

Deno.test({
  name: "webgpu kernels give the numbers of the float64 loops in Chromium",
  ignore: !chromiumPath,
  fn: (t) =>
    withPage([new URL("./page.ts", import.meta.url)], async (browser) => {
      assert.match(await browser.evaluate(() => page.adapter()), /swiftshader/i);
      for (const kernel of await browser.evaluate(() => page.kernels())) {
        for (const isSoftware of [true, false]) {
          await t.step(`${kernel} ${isSoftware ? "for software adapters" : "for GPUs"}`, async () => {
            const found = await browser.evaluate(
              ([name, software]) => page.check(name, software),
              [kernel, isSoftware] as const,
            );
            assert.deepEqual(found, []);
          });
        }
      }
    }),
});
